import { type Exit, fairTime, type Running, start } from '@socket-dojo/sandbox'
import { generalAdvice, problemAdvice } from './advice.ts'
import { lastLines } from './crash.ts'
import { deadlines, expired, within } from './deadlines.ts'
import { exitFault, exitText, withOutput } from './exit.ts'
import { type Advice, type Explain, LearnerFault } from './fault.ts'
import type { Kit } from './kit.ts'
import { Output } from './output.ts'
import type { Address } from './peers/tcp.ts'
import { same, type Text } from './text.ts'

/** A program of a submission, started with arguments as a person would start it; as one check sees it. */
export class Program {
  readonly #kit: Kit
  readonly #file: string
  readonly #output: Output
  #listens = false

  constructor(kit: Kit, file: string, output: Output) {
    this.#kit = kit
    this.#file = file
    this.#output = output
    kit.uses(file, output)
  }

  /** Everything it has printed on stdout so far, at most 64 KiB. */
  get stdout(): string {
    return this.#output.stdout
  }

  /** Everything it has printed on stderr so far, at most 64 KiB. */
  get stderr(): string {
    return this.#output.stderr
  }

  /** Expects the line `listening on 127.0.0.1:43211` and returns the address that it names. */
  async listening(explain: Explain = {}): Promise<Address> {
    await this.#output.begins()
    const found = await this.#line((line) => readyLine.test(line), deadlines.ready)
    if (found === undefined) throw this.#notListening(explain)
    const [, host = '', port = ''] = readyLine.exec(found)!
    this.#kit.knows(Number(port))
    this.#kit.transcript.add('listening')
    this.#listens = true
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
  }

  /** Expects a line on stdout. `what` says which, without its port. */
  async prints(expected: string, what: Text, explain: Explain = {}): Promise<void> {
    if ((await this.#line((line) => line === expected, deadlines.answer)) === undefined) {
      const said = {
        en: `${this.#file} did not print ${what.en} on a line of its own`,
        ja: `${this.#file} の出力に次の行がありません: ${what.ja}`,
      }
      throw this.#kit.fault('missing', withOutput(said, this.#lastLines(this.stdout)), explain)
    }
    this.#kit.transcript.add('print', what)
  }

  /** Expects the program to end by itself, with an exit status. */
  async exits(status = 0, explain: Explain = {}): Promise<void> {
    await this.#output.begins()
    // One that has only just begun, and has not yet shown that it is up, has the time of a start besides.
    const since = fairTime() - this.#output.begun!
    const left = this.#listens ? 0 : deadlines.ready - since
    const patience = Math.max(deadlines.end, left)
    const exit = await within(patience, this.#output.running.exited)
    if (exit === expired) {
      const what = {
        en: `${this.#file} was still running, where it should have ended`,
        ja: `${this.#file} は終了しているはずですが、まだ動いていました`,
      }
      throw this.#kit.fault('running', what, explain)
    }
    this.#kit.transcript.add('exit', exitText(exit))
    if (exit.status !== status || exit.cap)
      throw this.#endedWith(exit, explain, generalAdvice.otherStatus)
  }

  /** Expects that it does not end yet: a window, in which a program that ends too early usually has done so. */
  async stays(explain: Explain = {}): Promise<void> {
    const exit = await within(deadlines.quiet, this.#output.running.exited)
    if (exit === expired) return
    this.#kit.transcript.add('exit', exitText(exit))
    throw this.#endedWith(exit, explain)
  }

  /** Rejects when the program ends; else never settles. For a race with something that needs it running. */
  async ended(explain: Explain = {}): Promise<never> {
    throw this.#endedWith(await this.#output.running.exited, explain)
  }

  /** Makes the process stand still. The kernel goes on for it: it takes connections, data and resets. */
  async pause(): Promise<void> {
    this.#kit.transcript.add('pause')
    await this.#output.running.pause()
  }

  /** Lets a paused process go on. */
  resume(): void {
    this.#kit.transcript.add('resume')
    this.#output.running.resume()
  }

  async #line(
    matches: (line: string) => boolean,
    milliseconds: number,
  ): Promise<string | undefined> {
    const found = await within(milliseconds, this.#output.line(matches))
    return found === expired ? undefined : found
  }

  #notListening(explain: Explain): LearnerFault {
    const { exit, lines, stderr } = this.#output
    if (exit) return this.#endedWith(exit, explain, generalAdvice.endedBeforeListening)
    const near = lines.find((line) => /listening/i.test(line))
    const seconds = deadlines.ready / 1000
    const what =
      near === undefined
        ? {
            en: `${this.#file} did not print "${ready}" within ${seconds} s`,
            ja: `${this.#file} は ${seconds} 秒以内に "${ready}" を出力しませんでした`,
          }
        : {
            en: `${this.#file} printed ${quoteLine(near)} where the line "${ready}" was expected`,
            ja: `${this.#file} は "${ready}" ではなく ${quoteLine(near)} と出力しました`,
          }
    const general = near === undefined ? generalAdvice.notListening : generalAdvice.otherLine
    return this.#kit.fault('silent', withOutput(what, this.#lastLines(stderr)), explain, general)
  }

  #endedWith(exit: Exit, explain: Explain, general?: Advice): LearnerFault {
    const { last, running } = this.#output
    return exitFault(this.#kit, this.#file, exit, last, running.directory, explain, general)
  }

  #lastLines(output: string): Text | undefined {
    return lastLines(output, this.#output.running.directory, this.#kit.ports)
  }
}

/** Starts a program for one check, which ends it. */
export function startProgram(kit: Kit, file: string, args: string[]): Program {
  const output = new Output(startFile(kit, file, { main: file, arguments: args }))
  kit.onEnd(() => output.running.end())
  return viewProgram(kit, file, args, output)
}

/** A program that runs, as a check sees it. */
export function viewProgram(kit: Kit, file: string, args: string[], output: Output): Program {
  const words = args.map((word) => (kit.isPort(word) ? '<port>' : asTyped(word)))
  kit.transcript.add('start', same([file, ...words].join(' ')))
  return new Program(kit, file, output)
}

/**
 * Starts something of the prepared submission.
 * @throws {LearnerFault} when the file is missing or cannot be read as a program.
 */
export function startFile(
  { job }: Kit,
  file: string,
  program: { main: string; arguments?: string[]; channel?: boolean },
): Running {
  const problem = job.problems[file]
  if (problem) throw new LearnerFault('unrunnable', problem.what, problemAdvice[problem.kind])
  const { directory, commands, stretch } = job
  const caps = stretch ? { time: deadlines.stretch } : {}
  const place = { caps, directory, cwd: 'submission', preload: ['course/typescript.cjs'], commands }
  return start({ ...place, ...program }, job.profile)
}

/** An argument as one would type it: one that is empty or has blanks is quoted, so that it is seen. */
const asTyped = (word: string) => (word === '' || /\s/.test(word) ? JSON.stringify(word) : word)

const ready = 'listening on 127.0.0.1:<port>'
const readyLine = /^listening on (\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*\]|[0-9a-fA-F:.]+):(\d+)$/

/** A line that nearly is the ready line, its port left out. */
const quoteLine = (line: string) =>
  JSON.stringify(line.slice(0, 100).replace(/\d{4,5}\s*$/, '<port>'))
