/** Takes connections with for await, and greets each in an async function. */
import { on, once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

const [port, clients] = process.argv.slice(2).map(Number)
const enough = new AbortController()
let greeted = 0

async function greet(socket: Socket): Promise<void> {
  console.log(`${socket.remoteAddress}:${socket.remotePort}`)
  try {
    socket.end('Hello World!')
    for await (const _ of socket);
    if (!socket.closed) await once(socket, 'close')
    if (++greeted === clients) enough.abort()
  } catch {
    // It broke: a client that does not count.
  }
}

const server = createServer({ allowHalfOpen: true })
const connections = on(server, 'connection', { signal: enough.signal })
server.listen(port, '127.0.0.1')
await once(server, 'listening')
console.log(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
try {
  for await (const [socket] of connections) void greet(socket as Socket)
} catch {
  server.close()
}
