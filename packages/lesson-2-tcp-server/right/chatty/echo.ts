/** Logs everything on both outputs. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

console.log('echo.ts is loaded')
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
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const name = `${socket.remoteAddress}:${socket.remotePort}`
    open.add(socket)
    console.log(name, 'connected', open.size)
    socket.on('data', (piece) => console.log(name, 'sent', piece.length, 'bytes'))
    socket.on('error', (error) => console.error(name, error))
    socket.on('close', (hadError) => {
      open.delete(socket)
      console.log(name, 'closed', { hadError })
    })
    socket.pipe(socket)
  })
  server.on('error', (error) => console.error(error))
  server.listen({ host, port, backlog })
  await once(server, 'listening')
  console.log('listening', server.address())
  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    async close() {
      console.log('closing', open.size)
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
      console.error('closed')
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
