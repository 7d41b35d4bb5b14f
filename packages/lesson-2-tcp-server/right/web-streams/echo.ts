/** Web streams: Duplex.toWeb() and a reader. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { Duplex } from 'node:stream'

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
  const { readable, writable } = Duplex.toWeb(socket)
  const writer = writable.getWriter()
  for await (const piece of readable) {
    await writer.ready
    await writer.write(piece)
  }
  await writer.close()
}

export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true })
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    void serve(socket).catch(() => {})
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, backlog }, resolve)
  })
  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        for (const socket of open) socket.destroy()
      }),
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
