import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { seccompFilter } from './seccomp.ts'
import { descendants, firstChild, type Process, signal } from './processes.ts'
import type { Tree } from './tree.ts'

/**
 * The processes of one bubblewrap sandbox. They share a PID namespace: the kernel ends them all when its PID 1
 * ends, and bwrap itself ends only after that.
 */
export class BwrapTree implements Tree {
  /** The kernel holds the caps here; looking only finds out which of them was met. */
  readonly lookEvery = 800
  readonly #bwrap: ChildProcess
  /** Resolves with the PID of the sandbox's PID 1, as we see it; undefined when bwrap ended before there was one. */
  readonly #init: Promise<number | undefined>
  #initPid: number | undefined

  constructor(bwrap: ChildProcess, options: string[]) {
    this.#bwrap = bwrap
    const [status, args, filter] = bwrap.stdio.slice(5) as unknown as [Readable, Writable, Writable]
    for (const pipe of [args, filter]) pipe.on('error', () => {}) // bwrap is gone: its exit tells why.
    args.end(options.map((option) => `${option}\0`).join(''))
    filter.end(seccompFilter())
    this.#init = Promise.race([
      once(status, 'data').then(([line]) => Number(/"child-pid": (\d+)/.exec(String(line))?.[1])),
      once(bwrap, 'exit').then(() => undefined),
    ]).catch(() => undefined) // bwrap could not be started.
    void this.#init.then((pid) => (this.#initPid = pid))
    status.resume()
  }

  program(): number | undefined {
    return this.#initPid === undefined ? undefined : firstChild(this.#initPid)
  }

  members(): Process[] {
    return this.#initPid === undefined ? [] : descendants(this.#initPid)
  }

  async kill(): Promise<void> {
    const init = await this.#init
    if (init !== undefined && this.#bwrap.exitCode === null) signal(init, 'SIGKILL')
  }
}
