/**
 * An echo server: it sends back every byte that it receives.
 *
 *     pnpm dojo start lesson-2 echo 43211
 *     nc 127.0.0.1 43211                                (in another terminal: type something)
 *
 * - Bytes come back unchanged and in order, however many there are: text, binary data, 8 MiB.
 * - A client that has finished sending (half-close) still gets everything back. Then the server closes the connection.
 * - Clients are served side by side. One that is silent keeps nobody waiting; one that resets its connection disturbs nobody.
 */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

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
  const server = createServer((socket) => {
    // TODO: send back what arrives. When may your side end? What can go wrong with a connection?
  })
  // TODO: listen, and find out whether that worked.
  // TODO: which connections are open?
  throw new Error('not written yet')
}

// `node echo.ts 43211` starts it as a program.
if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
