/**
 * An echo server for datagrams: each goes back to whoever sent it.
 *
 *     pnpm dojo start lesson-3 echo 43211
 *     nc -u 127.0.0.1 43211                             (in another terminal: type something)
 *
 * - One datagram in, one datagram out, with the same bytes: 0 bytes are a datagram too, and 65,507 are the most.
 * - The answer goes to the sender of that datagram, however many others send meanwhile, and it comes from the address
 *   and port that were asked.
 * - A sender that has gone disturbs nobody.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, isIPv6 } from 'node:net'

export interface Address {
  /** An address as a number: '127.0.0.1' or '::1'. */
  host: string
  port: number
}

export interface UdpEcho {
  /** Where it really receives, with the port that the kernel chose. */
  address: AddressInfo
  /** How many datagrams have come so far. */
  received(): number
  /**
   * Sends one datagram from the server's own socket. Resolves when the kernel has taken it.
   * Rejects with the error of the system when it cannot be sent: its code is 'EMSGSIZE' where it is too long.
   * The server goes on either way.
   */
  send(message: Buffer, to: Address): Promise<void>
  /** Receives no more. Resolves when the socket is closed and its port is free. */
  close(): Promise<void>
}

/**
 * Starts an echo server on an address; port 0 lets the kernel choose a free one. Resolves when it receives.
 * On '::' it serves IPv4 too: there, 127.0.0.1 shows as ::ffff:127.0.0.1.
 * Rejects with the error of the system when it cannot: its code is 'EADDRINUSE' where the port is taken.
 */
export async function startUdpEcho({ host, port }: Address): Promise<UdpEcho> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  let received = 0

  const send = (message: Buffer, to: Address) =>
    new Promise<void>((resolve, reject) => {
      socket.send(message, to.port, to.host, (error) => (error ? reject(error) : resolve()))
    })

  socket.on('message', (message, sender) => {
    received += 1
    send(message, { host: sender.address, port: sender.port }).catch(() => {}) // This one is lost, as any may be.
  })

  socket.bind(port, host)
  await once(socket, 'listening') // Rejects where 'error' comes first.
  socket.setBroadcast(true)

  return {
    address: socket.address(),
    received: () => received,
    send,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

// `node echo.ts 43211` starts it as a program.
if (import.meta.main) {
  const { address } = await startUdpEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
