import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6, SocketAddress } from 'node:net'

interface Address {
  host: string
  port: number
}

export async function startUdpEcho({ host, port }: Address) {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  let received = 0
  socket.on('message', (message, sender) => {
    received++
    socket.send(message, sender.port, sender.address, () => {})
  })
  socket.bind(port, host)
  await once(socket, 'listening')
  const { family, ...bound } = socket.address()

  return {
    address: new SocketAddress({ ...bound, family: family === 'IPv6' ? 'ipv6' : 'ipv4' }),
    received: () => received,
    send(message: Buffer, to: Address): Promise<void> {
      return new Promise((resolve, reject) => {
        socket.send(message, to.port, to.host, (error) => (error ? reject(error) : resolve()))
      })
    },
    async [Symbol.asyncDispose]() {
      await this.close()
    },
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

if (import.meta.main) {
  const { address } = await startUdpEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
