import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** The numbers from `from` up to, but not including, `to`. */
type Gap = [from: number, to: number]

/** Keeps only what is missing, gap by gap, and how far it has come. */
class Counter {
  #gaps: Gap[] = []
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
    return this.#next - this.lost()
  }

  lost(): number {
    return this.#gaps.reduce((sum, [from, to]) => sum + to - from, 0)
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#socket.close(resolve))
  }

  #take(number: number): void {
    const filled = this.#gaps.findIndex(([from, to]) => from <= number && number < to)
    if (filled >= 0) {
      const [from, to] = this.#gaps[filled]!
      const left: Gap[] = [
        [from, number],
        [number + 1, to],
      ]
      this.#gaps.splice(filled, 1, ...left.filter((gap) => gap[0] < gap[1]))
    }
    if (number > this.#next) this.#gaps.push([this.#next, number])
    this.#next = Math.max(this.#next, number + 1)
  }
}

export const startCounter = ({ host, port }: { host: string; port: number }): Promise<Counter> =>
  new Counter().start(host, port)
