/** Closes with a reset while the greeting still waits in Node. */
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
  socket.cork()
  socket.write('Hello World!')
  socket.resetAndDestroy()
})

server.listen(port, '127.0.0.1', () => {
  const bound = server.address() as AddressInfo
  console.log(`listening on ${bound.address}:${bound.port}`)
})
