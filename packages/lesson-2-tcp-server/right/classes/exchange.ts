/** A class whose one instance lives as long as the exchange. */
import { Socket } from 'node:net'

class Exchange {
  readonly #pieces: Buffer[] = []
  readonly #socket = new Socket()
  readonly #answer = Promise.withResolvers<Buffer>()
  #error: Error | undefined

  run(host: string, port: number, payload: Buffer): Promise<Buffer> {
    this.#socket
      .on('connect', () => this.#socket.end(payload))
      .on('readable', () => this.#read())
      .on('error', (error) => (this.#error = error))
      .on('close', () => this.#settle())
      .connect(port, host)
    return this.#answer.promise
  }

  #read(): void {
    for (let piece; (piece = this.#socket.read() as Buffer | null) !== null;)
      this.#pieces.push(piece)
  }

  #settle(): void {
    if (this.#error) this.#answer.reject(this.#error)
    else this.#answer.resolve(Buffer.concat(this.#pieces))
  }
}

export const exchange = (host: string, port: number, payload: Buffer): Promise<Buffer> =>
  new Exchange().run(host, port, payload)
