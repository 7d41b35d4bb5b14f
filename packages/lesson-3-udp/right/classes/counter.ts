import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** Keeps only what is missing, and how far it has come. */
class Counter {
  readonly #missing = new Set<number>()
  readonly #socket: Socket = createSocket('udp4')
  #next = 0

  constructor() {
    this.#socket.on('message', (data) => data.length >= 4 && this.#take(data.readUInt32BE(0)))
  }

  async start(host: string, port: number): Promise<this> {
    this.#socket.bind({ address: host, port })
    await once(this.#socket, 'listening')
    return this
  }

  get address() {
    return this.#socket.address()
  }

  received(): number {
    return this.#next - this.#missing.size
  }

  lost(): number {
    return this.#missing.size
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve))
  }

  #take(number: number): void {
    this.#missing.delete(number)
    while (this.#next < number) this.#missing.add(this.#next++)
    if (this.#next === number) this.#next++
  }
}

export const startCounter = ({ host, port }: { host: string; port: number }): Promise<Counter> =>
  new Counter().start(host, port)
