/** Needs a second and a half before it listens. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

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

export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  await sleep(1_500)
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    socket.pipe(socket)
  })
  server.listen({ host, port, backlog })
  await once(server, 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
