/** Prints a lot of its own, before and after the lines that it has to print. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const clients = Number(process.argv[3])
let greeted = 0
for (let line = 0; line < 500; line++) console.log(`[${line}] preparing to listen ...`)
console.error('a warning that means nothing\n    at nowhere (nowhere.ts:1:1)')
const server = createServer((socket) => {
  console.log(`a client has come: ${socket.remoteAddress}:${socket.remotePort}`)
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  console.error(`greeting ${socket.remoteAddress}:${socket.remotePort}`)
  socket.on('error', ({ message }) => console.error('lost one:', message))
  socket.on('close', (hadError) => {
    if (hadError) return
    console.log(`${++greeted} of ${clients}`)
    if (greeted === clients) server.close(() => console.log('bye\n'.repeat(500)))
  })
  socket.resume()
  socket.end('Hello World!')
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (let line = 0; line < 500; line++) console.log(`[${line}] now listening on that address ...`)
})
