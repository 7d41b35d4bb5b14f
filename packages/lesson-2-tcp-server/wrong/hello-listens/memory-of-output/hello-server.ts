/** Saves up 600 MB of output, to print it at once. */
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

const megabyte = 'x'.repeat(1_000_000)
process.stdout.cork()
for (let i = 0; i < 600; i++) process.stdout.write(megabyte)
process.stdout.uncork()
