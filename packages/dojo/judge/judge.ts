import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import {
  afterFairTime,
  chooseProfile,
  type Choice,
  inOwnNamespaces,
  isInstalled,
  killFamily,
} from '@socket-dojo/sandbox'
import type { Check, Verdict } from '@socket-dojo/testkit/check'
import { deadlines } from '@socket-dojo/testkit/deadlines'
import { root } from '../lessons.ts'
import type { Event, Request } from './protocol.ts'

/** The judge failed, or was ended from outside. Never a learner's fault. */
export class JudgeFault extends Error {
  override name = 'JudgeFault'
}

/** A process that judges submissions, one at a time, in a network of its own where there can be one. */
export class Judge {
  readonly choice: Choice
  readonly #child: ChildProcess
  readonly #events: AsyncIterator<string>
  readonly #channel: Duplex
  #stderr = ''
  #closing = false

  constructor(choice: Choice) {
    this.choice = choice
    const command = [process.execPath, join(import.meta.dirname, 'process.ts')]
    const [file, ...args] = choice.profile === 'bwrap' ? inOwnNamespaces(command, [cache]) : command
    this.#child = spawn(file!, args, {
      cwd: root,
      // Not a word of what vitest prints reaches the learner: it quotes the suite's source.
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_COMPILE_CACHE: cache },
    })
    this.#child.stderr!.setEncoding('utf8').on('data', (piece: string) => (this.#stderr += piece))
    judges.add(this)
    this.#child.on('exit', () => judges.delete(this))
    this.#channel = this.#child.stdio[3] as Duplex
    this.#channel.on('error', () => {}) // It is gone: reading tells.
    this.#events = createInterface({ input: this.#channel })[Symbol.asyncIterator]()
  }

  /**
   * Judges one submission: yields its checks, then each verdict as it comes.
   * @throws {JudgeFault} when the judge did not come to an end of it.
   */
  async *judge(request: Request): AsyncGenerator<{ checks: Check[] } | { verdict: Verdict }> {
    this.#channel.write(`${JSON.stringify(request)}\n`)
    const longest = request.job.stretch ? 5 * deadlines.stretch : wholeSuite
    let late = false
    const wall = afterFairTime(longest, () => {
      late = true
      this.kill()
    })
    try {
      for (;;) {
        const { done, value } = await this.#events.next()
        if (done) {
          const found = late
            ? `it had not after ${longest / 1000} seconds`
            : `it ended ${await this.#end()}`
          throw new JudgeFault(`Expected the judge to finish, found that ${found}\n${this.#stderr}`)
        }
        const event = JSON.parse(value) as Event
        if ('done' in event) return
        if ('fault' in event) throw new JudgeFault(event.fault)
        yield event
      }
    } catch (error) {
      // A judge that has failed once may carry something of it over to the next submission: it is not asked again.
      void this.close()
      throw error
    } finally {
      wall()
    }
  }

  /** Whether it judges no more. */
  get ended(): boolean {
    return this.#closing || this.#exited
  }

  /** Ends the process and everything that it started. Resolves when it has ended. */
  async close(): Promise<void> {
    this.#closing = true
    if (this.#exited) return
    const exit = once(this.#child, 'exit')
    this.kill()
    await exit
  }

  /** How it ended: `with status 1` or `by SIGKILL`. */
  async #end(): Promise<string> {
    if (!this.#exited) await once(this.#child, 'exit')
    const { exitCode, signalCode } = this.#child
    return exitCode === null ? `by ${signalCode}` : `with status ${exitCode}`
  }

  get #exited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Kills the process. Where it has no PID namespace, nobody else ends what it has started. */
  kill(): void {
    if (this.choice.profile === 'plain' && this.#child.pid !== undefined)
      killFamily(this.#child.pid)
    else this.#child.kill('SIGKILL')
  }
}

/** Those that run: none outlives this process. */
const judges = new Set<Judge>()
process.on('exit', () => judges.forEach((judge) => judge.kill()))

/**
 * Starts a judge under the best profile. It starts at once, as if bubblewrap worked, while that is found out: a judge
 * takes longer to start than a try.
 */
export async function startJudge(): Promise<Judge> {
  const likely = isInstalled('bwrap') ? new Judge({ profile: 'bwrap' }) : undefined
  const choice = await chooseProfile('auto')
  if (likely && choice.profile === 'bwrap') return likely
  void likely?.close()
  return new Judge(choice)
}

/** The most that a whole suite may take, in milliseconds. */
const wholeSuite = 120_000

const cache = join(root, 'node_modules/.cache/node')
