import type { Socket } from 'node:net'
import { deadlines, expired, within } from '../deadlines.ts'

/** What reading can come to instead of bytes. */
export type NoBytes = 'ended' | 'reset' | 'silent'

/** Reads a socket on demand only: what nobody asks for stays in the kernel and slows the other side down. */
export class Reader {
  readonly #socket: Socket
  #wake: () => void = () => {}
  #state: 'open' | 'ended' | 'reset' = 'open'
  /** Read but not wanted yet. */
  #back: Buffer | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    if (socket.destroyed) this.#state = 'reset'
    const wake = () => this.#wake()
    socket.on('readable', wake)
    socket.on('end', () => this.#become('ended'))
    socket.on('error', () => this.#become('reset'))
    socket.on('close', () => this.#become('ended'))
  }

  /** The next bytes, as many as there are, at most `limit`; or what came instead within `milliseconds`. */
  async next(milliseconds: number = deadlines.answer, limit = Infinity): Promise<Buffer | NoBytes> {
    for (;;) {
      const bytes = this.#take(limit)
      if (bytes) return bytes
      if (this.#state !== 'open') return this.#state
      const news = new Promise<void>((resolve) => (this.#wake = resolve))
      if ((await within(milliseconds, news)) === expired)
        return this.#take(limit) ?? this.#instead()
    }
  }

  #instead(): NoBytes {
    return this.#state === 'open' ? 'silent' : this.#state
  }

  #take(limit: number): Buffer | undefined {
    const bytes = this.#back ?? (this.#socket.read() as Buffer | null) ?? undefined
    this.#back = undefined
    if (!bytes || bytes.length <= limit) return bytes
    this.#back = bytes.subarray(limit)
    return bytes.subarray(0, limit)
  }

  #become(state: 'ended' | 'reset'): void {
    if (this.#state === 'open') this.#state = state
    this.#wake()
  }
}
