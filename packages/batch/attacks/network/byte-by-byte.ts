// instead of hello-server.ts: loses 0, graded
// Writes one byte at a time, which is right.

import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const clients = Number(process.argv[3])
let greeted = 0
const server = createServer({ noDelay: true }, async (socket) => {
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  socket.on('error', () => {})
  socket.on('close', (hadError) => {
    if (!hadError && ++greeted === clients) server.close()
  })
  socket.resume()
  for (const letter of 'Hello World!') await new Promise((resolve) => socket.write(letter, resolve))
  socket.end()
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
})
