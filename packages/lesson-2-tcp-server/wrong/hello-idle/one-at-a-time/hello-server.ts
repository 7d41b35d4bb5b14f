/** Takes the next client only when the one before has gone. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

const port = Number(process.argv[2])
const clients = Number(process.argv[3])
const waiting: Socket[] = []
const server = createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {})
  waiting.push(socket)
  server.emit('client')
})
server.listen(port, '127.0.0.1', () => {
  const bound = server.address() as AddressInfo
  console.log(`listening on ${bound.address}:${bound.port}`)
})

for (let greeted = 0; greeted < clients;) {
  if (waiting.length === 0) await once(server, 'client')
  const socket = waiting.shift()!
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  socket.resume()
  socket.end('Hello World!')
  if (socket.closed) continue
  const [hadError] = await once(socket, 'close')
  if (!hadError) greeted += 1
}
server.close()
