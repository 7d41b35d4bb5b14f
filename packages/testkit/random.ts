import { createCipheriv, createHash } from 'node:crypto'

/** Random values from a seed, so that a run can be repeated byte for byte. */
export class Random {
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
  }

  /**
   * Random bytes; the same label gives the same bytes. Beyond 65,537 they repeat: a prime, so that no piece of the
   * usual sizes looks like another.
   */
  bytes(length: number, label = ''): Buffer {
    const key = createHash('sha256').update(`${this.#seed} ${label}`).digest()
    const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16))
    const block = cipher.update(Buffer.alloc(Math.min(length, 65_537)))
    return length === 0 ? block : Buffer.allocUnsafe(length).fill(block)
  }

  /** A whole number from `from` up to and including `to`. */
  integer(from: number, to: number, label = ''): number {
    return from + (this.bytes(4, label).readUInt32BE() % (to - from + 1))
  }

  /** A word of lower-case letters, for text that a person reads in a report. */
  word(length: number, label = ''): string {
    return Array.from(this.bytes(length, label), (byte) =>
      String.fromCharCode(97 + (byte % 26)),
    ).join('')
  }
}
