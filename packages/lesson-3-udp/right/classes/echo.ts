import { createSocket, Socket } from 'node:dgram'
import { isIP } from 'node:net'

interface Address {
  host: string
  port: number
}

class Echo {
  received = (): number => this.#count
  #count = 0
  #socket: Socket

  constructor(host: string) {
    this.#socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
    this.#socket.on('message', (message, { address, port }) => this.#answer(message, address, port))
  }

  get address() {
    return this.#socket.address()
  }

  bind({ host, port }: Address): Promise<this> {
    return new Promise((resolve, reject) => {
      this.#socket.once('error', reject)
      this.#socket.bind(port, host, () => {
        this.#socket.off('error', reject)
        this.#socket.on('error', () => {})
        resolve(this)
      })
    })
  }

  send(message: Buffer, { host, port }: Address): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#socket.send(message, 0, message.length, port, host, (error) =>
      error ? reject(error) : resolve(),
    )
    return promise
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(() => resolve()))
  }

  #answer(message: Buffer, address: string, port: number): void {
    this.#count += 1
    this.#socket.send(message, port, address, () => {})
  }
}

export async function startUdpEcho(where: Address) {
  const echo = await new Echo(where.host).bind(where)
  const { address } = echo
  return {
    address,
    received: echo.received,
    send: (message: Buffer, to: Address) => echo.send(message, to),
    close: () => echo.close(),
  }
}

if (import.meta.main) {
  const { address } = await startUdpEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
