import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { constants } from 'node:os'
import { setImmediate as immediate } from 'node:timers/promises'
import type { Duplex, Readable, Writable } from 'node:stream'
import type { Cap, Caps } from './caps.ts'
import { afterFairTime } from './clock.ts'
import { SandboxFault } from './fault.ts'
import { type Process, signal, stateOf } from './processes.ts'
import type { Tree } from './tree.ts'

/** How a program ended. */
export interface Exit {
  /** Exit status; null when a signal ended it. */
  status: number | null
  signal: NodeJS.Signals | null
  /** The cap that it met, for which it was ended. */
  cap?: Cap
}

type Streams = [
  stdin: Writable,
  stdout: Readable,
  stderr: Readable,
  channel: Duplex | null,
  begun: Readable,
]

/** A program that was started. Its output flows whether somebody listens or not, so it never waits for us. */
export class Running {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Where it sees its `directory`: paths in what it prints start with this. */
  readonly directory: string
  /** Resolves once Node has begun in it, or it has ended: what passes before is the machine's time, not its own. */
  readonly begun: Promise<void>
  /**
   * Resolves once the program has ended, its output is read to the end, and nothing that it started is left.
   * Rejects with a SandboxFault when it could not be started at all.
   */
  readonly exited: Promise<Exit>
  readonly #channel: Duplex | null
  readonly #tree: Tree
  readonly #limits: Caps
  #printed = 0
  #cap: Cap | undefined

  constructor(child: ChildProcess, limits: Caps, directory: string, tree: Tree) {
    const [stdin, stdout, stderr, channel, begun] = child.stdio as unknown as Streams
    // An error means that it could not be started: `exited` tells.
    this.begun = once(begun, 'readable').then(
      () => void begun.destroy(),
      () => {},
    )
    this.stdin = stdin.on('error', () => {}) // EPIPE: it has ended or closed its stdin, both are its right.
    this.stdout = stdout.on('data', (piece: Buffer) => this.#count(piece))
    this.stderr = stderr.on('data', (piece: Buffer) => this.#count(piece))
    this.directory = directory
    this.#channel = channel
    this.#tree = tree
    this.#limits = limits
    this.exited = this.#watch(child)
  }

  /** Its file descriptor 3. */
  get channel(): Duplex {
    if (!this.#channel) throw new SandboxFault('Expected a program that was started with a channel')
    return this.#channel
  }

  /** PID of the program as we see it; undefined before it runs, and when it has ended. */
  get pid(): number | undefined {
    return this.#tree.program()
  }

  /** Threads of the program and of everything it started, on Linux; elsewhere only its processes. */
  get threads(): number {
    return sum(this.#tree.members(), 'threads')
  }

  /** Resident memory of the program and of everything it started, in bytes. */
  get resident(): number {
    return sum(this.#tree.members(), 'resident')
  }

  /** How many file descriptors the program has open; undefined where the system does not tell. */
  get files(): number | undefined {
    try {
      return readdirSync(`/proc/${this.pid}/fd`).length
    } catch {
      return undefined
    }
  }

  /** Whether the program wants the processor now, on Linux: has something to do, or waits for its turn to do it. */
  get runnable(): boolean {
    return this.pid !== undefined && stateOf(this.pid) === 'runnable'
  }

  /** The cap that it has met, for which it is being ended. */
  get cap(): Cap | undefined {
    return this.#cap
  }

  /** Sends a signal to the program alone, not to what it started. */
  signal(name: NodeJS.Signals): void {
    const pid = this.pid
    if (pid !== undefined) signal(pid, name)
  }

  /** Stops the program, by SIGSTOP; resolves once it stands still. The kernel goes on for it. */
  async pause(): Promise<void> {
    const { pid } = this
    if (pid !== undefined) signal(pid, 'SIGSTOP')
    const moves = () => ['runnable', 'waiting'].includes(stateOf(pid!))
    while (pid !== undefined && process.platform === 'linux' && moves()) await immediate()
  }

  /** Lets a stopped program go on. */
  resume(): void {
    this.signal('SIGCONT')
  }

  /** Ends the program and everything it started, by SIGKILL. */
  async end(): Promise<Exit> {
    await this.#tree.kill()
    return this.exited
  }

  async #watch(child: ChildProcess): Promise<Exit> {
    // What fills memory comes to the end of that, however slow this machine's memory is.
    const late = (before: number) => {
      const { resident } = this
      if (resident < before + much) this.#over('time')
      else wall = afterFairTime(lateEvery, () => late(resident))
    }
    let wall = afterFairTime(this.#limits.time, () => late(0))
    const watchdog = setInterval(() => this.#look(), this.#tree.lookEvery)
    try {
      const [status, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
      await this.#tree.kill() // What it left behind may hold its output open.
      await Promise.all([closed(this.stdout), closed(this.stderr)])
      return { ...named(status, by), ...(this.#cap && { cap: this.#cap }) }
    } catch (cause) {
      throw new SandboxFault('Expected the program to start, but the system could not start it', {
        cause,
      })
    } finally {
      wall()
      clearInterval(watchdog)
    }
  }

  #count(piece: Buffer): void {
    this.#printed += piece.length
    if (this.#printed > this.#limits.output) this.#over('output')
  }

  #look(): void {
    const members = this.#tree.members()
    if (sum(members, 'threads') > this.#limits.processes) this.#over('processes')
    // Resident pages of Node itself, some 45 MB a process, are on the house.
    else if (sum(members, 'resident') > this.#limits.memory + members.length * nodeItself)
      this.#over('memory')
  }

  #over(cap: Cap): void {
    if (this.#cap) return
    this.#cap = cap
    void this.#tree.kill()
  }
}

const sum = (members: Process[], key: 'threads' | 'resident') =>
  members.reduce((total, member) => total + member[key], 0)

const nodeItself = 64 * 1024 * 1024

/** More, in bytes, than memory grows in `lateEvery` milliseconds where it is not being filled. */
const much = 8 * 1024 * 1024
const lateEvery = 500

const closed = (stream: Readable) =>
  stream.closed ? undefined : once(stream, 'close').catch(() => {})

/** bwrap and shells report a signal as 128 + its number. */
function named(status: number | null, by: NodeJS.Signals | null): Exit {
  if (status === null || status <= 128) return { status, signal: by }
  const name = Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0]
  return name ? { status: null, signal: name as NodeJS.Signals } : { status, signal: by }
}
