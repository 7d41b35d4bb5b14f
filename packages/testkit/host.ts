import type { Running } from '@socket-dojo/sandbox'
import type { Call, Request, Wire, WireError } from './inside/wire.ts'
import { Output } from './output.ts'
import { parseReply } from './reply.ts'

/** The most that one answer may have, in characters: a learner's module cannot fill the grader's memory. */
const answerCap = 16 * 1024 * 1024

/** What came of loading a module. */
export type Loaded = { loaded: string[] } | { failed: WireError } | 'exited'

/**
 * What came of a call, and how long it took, in milliseconds: as the module's own process saw it, where a timer of
 * `timeoutMs` is never over sooner, however busy the machine is; but no longer than it took as seen from here.
 */
export type Answer = { milliseconds: number; promised?: true } & (
  | { value: Wire }
  | { error: WireError }
)

/** What came of a call, or instead of it: the process has ended, or wrote something that is no answer. */
export type Settled = Answer | 'exited' | 'garbled'

/** The process that a module runs in, and the channel to it. `inside/host.ts` is its other end. */
export class Host {
  readonly running: Running
  readonly output: Output
  readonly loaded: Promise<Loaded>
  readonly #pending = new Map<number, (settled: Settled) => void>()
  #settleLoaded: (loaded: Loaded) => void = () => {}
  #calls = 0
  #rest = ''

  constructor(running: Running) {
    this.running = running
    this.output = new Output(running)
    this.loaded = new Promise((resolve) => (this.#settleLoaded = resolve))
    running.channel.setEncoding('utf8').on('data', (piece: string) => this.#read(piece))
    running.channel.on('error', () => {}) // It has ended: `exited` tells.
    const over = () => this.#over()
    running.exited.then(over, over)
  }

  /** Asks for a call or a property. */
  ask(
    question: Omit<Call, 'id'> | { target: number; property: string } | { spawn: string[] },
  ): Promise<Settled> {
    const id = ++this.#calls
    const asked = performance.now()
    const settled = new Promise<Settled>((resolve) => this.#pending.set(id, resolve)).then((what) =>
      typeof what === 'string'
        ? what
        : { ...what, milliseconds: Math.min(what.milliseconds, performance.now() - asked) },
    )
    this.#write({ id, ...question })
    return this.output.exit ? Promise.resolve('exited') : settled
  }

  /** Lets the process end when nothing of the module keeps it running any more. */
  release(): void {
    this.#write({ release: true })
  }

  #write(request: Request): void {
    this.running.channel.write(`${JSON.stringify(request)}\n`)
  }

  #read(piece: string): void {
    this.#rest += piece
    if (this.#rest.length > answerCap) return void this.running.end()
    if (!piece.includes('\n')) return // A long line is not searched anew for each piece of it.
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop()!
    for (const line of lines) this.#receive(line)
  }

  #receive(line: string): void {
    const reply = parseReply(line)
    if (!reply) for (const settle of this.#pending.values()) settle('garbled')
    else if (!('id' in reply)) this.#settleLoaded(reply)
    else {
      this.#pending.get(reply.id)?.(reply)
      this.#pending.delete(reply.id)
    }
  }

  #over(): void {
    this.#settleLoaded('exited')
    for (const settle of this.#pending.values()) settle('exited')
  }
}
