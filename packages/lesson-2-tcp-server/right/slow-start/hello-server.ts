/** Needs a second and a half before it listens. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

await sleep(1_500)
const clients = Number(process.argv[3])
let greeted = 0
const server = createServer((socket) => {
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  socket.on('error', () => {})
  socket.on('close', (hadError) => {
    if (!hadError && ++greeted === clients) server.close()
  })
  socket.resume()
  socket.end('Hello World!')
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
})
