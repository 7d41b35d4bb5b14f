/** Waits for its own half of the work: promises of all greetings, and an abort signal that ends listening. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

const port = process.argv[2]
const wanted = Number.parseInt(process.argv[3] ?? '1', 10)
const stop = new AbortController()
const done: Socket[] = []

function count(socket: Socket): void {
  done.push(socket)
  if (done.length >= wanted) stop.abort()
}

const server = createServer()
server.on('connection', (socket) => {
  const { remoteAddress, remotePort } = socket
  console.log(`${remoteAddress}:${remotePort}`)
  socket.end(Buffer.from('Hello World!', 'ascii')).resume()
  socket.once('error', () => socket.removeAllListeners('close'))
  socket.once('close', (hadError) => {
    if (!hadError) count(socket)
  })
})
server.listen({ port, host: '127.0.0.1', signal: stop.signal })
server.on('listening', () => {
  const { address, port: bound } = server.address() as AddressInfo
  console.log(`listening on ${address}:${bound}`)
})
