/** Counts down, and keeps the error of a connection in a variable. */
import { Server } from 'node:net'

let left = Number(process.argv[3])
const server = new Server()
server.on('connection', (socket) => {
  let failed = false
  process.stdout.write(`${socket.remoteAddress}:${socket.remotePort}\n`)
  socket.on('data', () => {})
  socket.on('error', () => (failed = true))
  socket.on('close', () => {
    if (!failed && --left === 0) server.close()
  })
  socket.write('Hello ')
  socket.write('World!')
  socket.end()
})
server.on('listening', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  process.stdout.write(`listening on ${address.address}:${address.port}\n`)
})
server.listen({ port: Number(process.argv[2]), host: '127.0.0.1' })
