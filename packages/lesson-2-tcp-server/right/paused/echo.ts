/** Paused mode: 'readable' and read(), a fixed size at most at a time. */
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

function serve(socket: Socket): void {
  let full = false
  const move = (): void => {
    while (!full) {
      const piece = socket.read(Math.min(4_096, socket.readableLength || 1)) as Buffer | null
      if (piece === null) return
      full = !socket.write(piece)
    }
  }
  socket.on('readable', move)
  socket.on('drain', () => {
    full = false
    move()
  })
  socket.on('end', () => socket.end())
}

export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  let count = 0
  const closers = new Set<() => void>()
  const server = createServer({ allowHalfOpen: true, highWaterMark: 1_024 })
  server.on('connection', (socket) => {
    const closer = () => void socket.destroy()
    count++
    closers.add(closer)
    socket.on('error', () => {})
    socket.on('close', () => {
      count--
      closers.delete(closer)
    })
    serve(socket)
  })
  server.listen({ host, port, backlog, exclusive: true })
  await once(server, 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => count,
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const closer of closers) closer()
      await closed
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
