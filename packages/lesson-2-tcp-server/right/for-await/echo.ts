/** One async function a connection, which reads it piece by piece. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

export interface EchoServer {
  address: AddressInfo
  connections(): number
  close(): Promise<void>
}

async function serve(socket: Socket): Promise<void> {
  for await (const piece of socket.iterator({ destroyOnReturn: false })) {
    if (!socket.write(piece as Buffer)) await once(socket, 'drain')
  }
  socket.end()
}

export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    serve(socket).catch(() => socket.destroy())
  })
  server.listen({ host, port, ...(backlog !== undefined && { backlog }) })
  await once(server, 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      open.forEach((socket) => socket.destroy())
      await closed
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
