/**
 * A server that greets a number of clients, and then ends.
 *
 *     pnpm dojo start lesson-2 hello-server 43211 5
 *     nc 127.0.0.1 43211                                (in another terminal, five times)
 *
 * Arguments: the port to listen on (0 lets the kernel choose a free one), and how many clients to greet.
 *
 * - It listens on 127.0.0.1. Once it does, it prints the line `listening on 127.0.0.1:43211`, with the real port.
 * - It sends each client the 12 bytes `Hello World!`, and closes the connection.
 * - It prints a line with the address of each client: `127.0.0.1:51034`.
 * - It serves clients side by side: one that stays connected keeps nobody waiting.
 * - A client counts when it has been greeted and its connection has closed without an error.
 *   One that resets its connection before that does not count, and disturbs nobody.
 * - When enough clients have been greeted, it listens no more and ends with exit status 0.
 */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const port = Number(process.argv[2])
const clients = Number(process.argv[3])
let greeted = 0

const server = createServer((socket) => {
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  socket.on('error', () => {}) // 'close' follows, and tells that there was an error.
  socket.on('close', (hadError) => {
    if (hadError) return
    greeted += 1
    if (greeted === clients) server.close() // Nothing is left to wait for, so the process ends.
  })
  socket.resume() // What a client says does not matter, but its end does.
  socket.end('Hello World!')
})

server.listen(port, '127.0.0.1', () => {
  const bound = server.address() as AddressInfo
  console.log(`listening on ${bound.address}:${bound.port}`)
})
