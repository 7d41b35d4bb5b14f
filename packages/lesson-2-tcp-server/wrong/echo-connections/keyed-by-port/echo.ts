/** Knows its clients by their ports. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface EchoOptions {
  /** The address to listen on, for example '127.0.0.1' or '::1'. */
  host: string
  /** The port; 0 lets the kernel choose a free one. */
  port: number
  /** How many connections may wait to be accepted. Default: Node's. */
  backlog?: number
}

export interface EchoServer {
  /** Where it really listens, with the port that the kernel chose. */
  address: AddressInfo
  /** How many connections are open now. */
  connections(): number
  /** Listens no more, and closes the connections that are still open. Resolves when all of that is done. */
  close(): Promise<void>
}

/**
 * Starts an echo server. Resolves when it listens.
 * Rejects with the error of the system when it cannot listen: its code is 'EADDRINUSE' where the port is taken.
 */
export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  const open = new Map<number, Socket>()

  // The client's end of stream must not end our side: what is still on its way back would be lost.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const key = socket.remotePort ?? 0
    open.set(key, socket)
    socket.on('error', () => {}) // A reset: 'close' follows.
    socket.on('close', () => open.delete(key))
    socket.pipe(socket) // Waits when the client reads slowly, and ends after the last byte.
  })

  server.listen({ host, port, backlog })
  await once(server, 'listening') // Rejects where 'error' comes first.

  return {
    address: server.address() as AddressInfo,
    connections: () => open.size,
    async close() {
      server.close()
      for (const socket of open.values()) socket.destroy()
      await once(server, 'close')
    },
  }
}

// `node echo.ts 43211` starts it as a program.
if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
