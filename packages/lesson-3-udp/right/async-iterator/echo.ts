import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { on, once } from 'node:events'
import { isIPv6 } from 'node:net'
import { promisify } from 'node:util'

export async function startUdpEcho({ host, port }: { host: string; port: number }) {
  const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4' })
  const transmit = promisify<Buffer, number, string>(socket.send.bind(socket))
  const over = new AbortController()
  let received = 0
  socket.bind({ port, address: host, exclusive: true })
  await once(socket, 'listening')
  void serve(socket, over.signal)

  async function serve(from: Socket, signal: AbortSignal): Promise<void> {
    try {
      for await (const [message, sender] of on(from, 'message', { signal })) {
        received++
        const { port: back, address } = sender as RemoteInfo
        await transmit(message as Buffer, back, address).catch(() => {})
      }
    } catch {
      // Closed.
    }
  }

  return {
    address: socket.address(),
    received: () => received,
    send: (message: Buffer, to: { host: string; port: number }) =>
      transmit(message, to.port, to.host),
    async close() {
      over.abort()
      await new Promise<void>((resolve) => socket.close(resolve))
    },
  }
}

if (import.meta.main) {
  const { address } = await startUdpEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
