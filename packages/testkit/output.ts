import { type Exit, fairTime, type Running } from '@socket-dojo/sandbox'
import { deadlines, expired, within } from './deadlines.ts'
import { GraderFault } from './fault.ts'

/** The most of each stream that is kept, in characters. */
const kept = 64 * 1024

/** What a program has printed, and how it ended. */
export class Output {
  readonly running: Running
  /** When Node has begun in it, in fair time; undefined before. */
  begun: number | undefined
  stdout = ''
  stderr = ''
  exit: Exit | undefined
  #wake: () => void = () => {}
  #news = new Promise<void>((resolve) => (this.#wake = resolve))

  constructor(running: Running) {
    this.running = running
    running.stdout.setEncoding('utf8').on('data', (piece: string) => {
      this.stdout = (this.stdout + piece).slice(-kept)
      this.#tell()
    })
    running.stderr.setEncoding('utf8').on('data', (piece: string) => {
      this.stderr = (this.stderr + piece).slice(-kept)
    })
    void running.begun.then(() => (this.begun = fairTime()))
    const ended = (exit?: Exit) => {
      this.exit = exit
      this.#tell()
    }
    running.exited.then(ended, () => ended())
  }

  /** What tells how it ended: its errors where it printed some. */
  get last(): string {
    return this.stderr || this.stdout
  }

  /**
   * Resolves once the program's own time has begun.
   * @throws {GraderFault} when the machine does not get it started.
   */
  async begins(): Promise<void> {
    if ((await within(deadlines.begin, this.running.begun)) === expired) {
      throw new GraderFault(`Expected Node to begin within ${deadlines.begin / 1000} s`)
    }
  }

  /** What it has printed on stdout so far, in whole lines. */
  get lines(): string[] {
    const lines = this.stdout.split('\n').map((line) => line.replace(/\r$/, ''))
    const unfinished = lines.pop()!
    return this.exit && unfinished !== '' ? [...lines, unfinished] : lines
  }

  /** Resolves with the first line that matches, as soon as there is one; undefined when the program has ended without. */
  async line(matches: (line: string) => boolean): Promise<string | undefined> {
    for (;;) {
      const news = this.#news
      const found = this.lines.find(matches)
      if (found !== undefined || this.exit) return found
      await news
    }
  }

  #tell(): void {
    this.#wake()
    this.#news = new Promise((resolve) => (this.#wake = resolve))
  }
}
