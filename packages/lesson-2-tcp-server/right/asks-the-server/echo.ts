/** address is asked of Node's server each time; sockets are only counted, and one signal ends them all. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

export async function startEcho({ host, port, backlog }: EchoOptions) {
  let open = 0
  const endAll = new AbortController()
  const server = createServer({ allowHalfOpen: true })
  server.on('connection', (socket) => {
    open++
    const end = () => socket.destroy()
    endAll.signal.addEventListener('abort', end)
    socket
      .on('error', () => {})
      .on('close', () => {
        open--
        endAll.signal.removeEventListener('abort', end)
      })
    socket.pipe(socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject).listen(port, host, backlog, resolve)
  })
  return {
    get address() {
      return server.address() as AddressInfo
    },
    connections: () => open,
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
