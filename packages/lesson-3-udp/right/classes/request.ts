import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'

interface Options {
  to: { host: string; port: number }
  timeoutMs: number
  retries: number
  match?: number
}

class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
  readonly code = 'ETIMEDOUT'
  readonly attempts: number

  constructor(attempts: number) {
    super('silence')
    this.attempts = attempts
  }
}

/** One question, with its socket and its timer. */
class Question {
  readonly #message: Buffer
  readonly #options: Options
  readonly #socket: Socket
  readonly #outcome = Promise.withResolvers<Buffer>()
  #timer: NodeJS.Timeout | undefined
  #attempts = 0

  constructor(message: Buffer, options: Options) {
    this.#message = message
    this.#options = options
    this.#socket = createSocket(isIPv6(options.to.host) ? 'udp6' : 'udp4')
    this.#socket.on('message', (data, sender) =>
      this.#take(data, `${sender.address} ${sender.port}`),
    )
    this.#socket.on('error', this.#outcome.reject)
  }

  async ask(): Promise<Buffer> {
    this.#attempt()
    try {
      return await this.#outcome.promise
    } finally {
      clearTimeout(this.#timer)
      this.#socket.close()
    }
  }

  #attempt(): void {
    const { to, timeoutMs, retries } = this.#options
    if (this.#attempts > retries) return this.#outcome.reject(new NoAnswer(this.#attempts))
    this.#attempts++
    this.#timer = setTimeout(() => this.#attempt(), timeoutMs)
    this.#socket.send(this.#message, to.port, to.host, (error) => {
      if (error) this.#outcome.reject(error)
    })
  }

  #take(data: Buffer, sender: string): void {
    const { to, match = 0 } = this.#options
    if (sender !== `${to.host} ${to.port}` || data.length < match) return
    for (let at = 0; at < match; at++) if (data[at] !== this.#message[at]) return
    this.#outcome.resolve(data)
  }
}

export const udpRequest = (message: Buffer, options: Options): Promise<Buffer> =>
  new Question(message, options).ask()
