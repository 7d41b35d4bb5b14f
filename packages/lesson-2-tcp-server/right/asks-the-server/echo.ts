/** connections() and address() are answered by Node's server itself; the first is a promise. */
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import { promisify } from 'node:util'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

export async function startEcho({ host, port, backlog }: EchoOptions) {
  const sockets = new WeakSet<Socket>()
  const endAll = new AbortController()
  const server = createServer({ allowHalfOpen: true })
  server.on('connection', (socket) => {
    sockets.add(socket)
    const end = () => socket.destroy()
    endAll.signal.addEventListener('abort', end)
    socket.on('error', () => {}).on('close', () => endAll.signal.removeEventListener('abort', end))
    socket.pipe(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(port, host, backlog, resolve)
  })
  return {
    address: () => server.address() as { address: string; family: string; port: number },
    connections: promisify(server.getConnections.bind(server)),
    close: () => {
      endAll.abort()
      return promisify(server.close.bind(server))()
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
