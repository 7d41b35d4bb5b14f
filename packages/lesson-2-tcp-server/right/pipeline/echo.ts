/** node:stream/promises. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'

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

export async function startEcho(options: EchoOptions): Promise<EchoServer> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket)
    const gone = () => void open.delete(socket)
    socket.on('close', gone)
    pipeline(socket, socket).catch(gone)
  }).listen(options)
  await once(server, 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    async close() {
      for (const socket of open) socket.resetAndDestroy()
      await server[Symbol.asyncDispose]()
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
