import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import { generalAdvice } from './advice.ts'
import { lastLines } from './crash.ts'
import { deadlines, expired, within } from './deadlines.ts'
import { exitFault } from './exit.ts'
import { type Explain, LearnerFault, type Outcome } from './fault.ts'
import { type Answer, Host, type Settled } from './host.ts'
import {
  decode,
  encode,
  notAnError,
  type Wire,
  type WireError,
  type WireHandle,
} from './inside/wire.ts'
import type { Kit } from './kit.ts'
import type { Address } from './peers/tcp.ts'
import { startFile } from './program.ts'
import { type Relative, family } from './family.ts'
import { Scratch } from './scratch.ts'
import { count, same, type Text } from './text.ts'

/** A call under way. */
export interface LaterResult {
  /** Expects it to have a result, and returns that. The deadline begins now; default: that of an answer. */
  value: (explain?: Explain, milliseconds?: number) => Promise<unknown>
  /** How long it took to settle, in milliseconds: never less than the timers that it waited for. */
  lasted: () => Promise<number>
  /** Whether what it returned was a promise of its result. */
  promised: () => Promise<boolean>
  /** Rejects when the call has failed, or its process has ended: what it sent before that is seen first. Else never settles. */
  failed: Promise<never>
}

/** What a call was rejected with, and how long that took, in milliseconds: never less than the timers that it waited for. */
export type Rejection = WireError & { milliseconds: number }

/** A module of a submission, loaded in a process of its own; as one check sees it. */
export class Module {
  readonly #kit: Kit
  readonly #file: string
  readonly #host: Host
  /** Where it may write. */
  readonly scratch: Scratch
  #exports: string[] = []

  constructor(kit: Kit, file: string, host: Host) {
    this.#kit = kit
    this.#file = file
    this.#host = host
    kit.uses(file, host.output)
    this.scratch = new Scratch(kit.job, host.running)
  }

  /** Expects that it can be loaded. */
  async load(explain: Explain = {}): Promise<this> {
    await this.#host.output.begins()
    const loaded = await within(deadlines.ready, this.#host.loaded)
    if (loaded === expired) {
      const seconds = deadlines.ready / 1000
      const what = {
        en: `${this.#file} was not loaded within ${seconds} s`,
        ja: `${this.#file} は ${seconds} 秒以内に読み込まれませんでした`,
      }
      throw this.#kit.fault('silent', what, explain, generalAdvice.neverLoaded)
    }
    if (loaded === 'exited') throw await this.#exited(explain)
    if ('failed' in loaded) throw this.#failedToLoad(loaded.failed, explain)
    this.#exports = loaded.loaded
    return this
  }

  /** Calls an exported function and returns what it returns, awaited. An object with methods comes as a RemoteObject. */
  call(name: string, args: unknown[] = [], explain: Explain = {}): Promise<unknown> {
    return this.later(name, args).value(explain)
  }

  /** Calls an exported function that returns its result at once: a promise of that is a fault. */
  async ask(name: string, args: unknown[] = [], explain: Explain = {}): Promise<unknown> {
    return this.settled(name, this.later(name, args), explain)
  }

  /** Begins a call whose result is wanted later. */
  later(name: string, args: unknown[] = []): LaterResult {
    this.#mustExport(name)
    return this.begin(0, name, name, args)
  }

  /** Calls a function that starts something, and returns it as an object with methods: it has as long as a program has. */
  async object(name: string, args: unknown[] = [], explain: Explain = {}): Promise<RemoteObject> {
    const value = await this.later(name, args).value(explain, deadlines.ready)
    if (value instanceof RemoteObject) return value
    const found = typeOf(value)
    const what = {
      en: `${name}() returned ${found.en}, where an object with methods was expected`,
      ja: `${name}() はメソッドを持つオブジェクトではなく${found.ja}を返しました`,
    }
    throw this.#kit.fault('different', what, explain, generalAdvice.noExport)
  }

  /** Calls an exported function that must fail, with an error of one of these codes. Returns that error. */
  rejects(
    name: string,
    args: unknown[],
    code: string | string[],
    explain: Explain = {},
  ): Promise<Rejection> {
    this.#mustExport(name)
    return this.failing(0, name, args, code, explain)
  }

  /** The same for a method of an object; 0 is the module itself. For RemoteObject. */
  async failing(
    target: number,
    name: string,
    args: unknown[],
    code: string | string[],
    explain: Explain,
  ): Promise<Rejection> {
    const codes = [code].flat()
    const expected = { en: codes.join(' or '), ja: codes.join(' か ') }
    this.#transcribe(name, args)
    const asked = this.#host.ask({ target, method: name, arguments: toWire(args) })
    const settled = await this.#answer(asked, `${name}()`, explain, deadlines.ready)
    if ('value' in settled) {
      const what = {
        en: `${name}() succeeded, where it should be rejected with ${expected.en}`,
        ja: `${expected.ja} で失敗するはずの ${name}() が成功しました`,
      }
      throw this.#kit.fault('resolved', what, explain)
    }
    const { error, milliseconds } = settled
    if (error.code !== undefined && codes.includes(error.code)) {
      this.#kit.transcript.add('result', same(error.code))
      return { ...error, milliseconds }
    }
    const found = error.code ?? `${error.name}: ${this.#clean(error.message)}`
    const what = {
      en: `${name}() was rejected with ${found}, where ${expected.en} was expected`,
      ja: `${name}() は ${expected.ja} ではなく ${found} で失敗しました`,
    }
    throw this.#notYet(error, 'different', what) ?? this.#kit.fault('different', what, explain)
  }

  /** How many threads it has now, those of processes that it started included; on macOS, how many processes. */
  get threads(): number {
    return this.#host.running.threads
  }

  /** How many file descriptors its process has open; undefined where the system does not tell. */
  get files(): number | undefined {
    return this.#host.running.files
  }

  /** PID of its process as it is numbered here; undefined when it has ended. */
  get pid(): number | undefined {
    return this.#host.running.pid
  }

  /** Its process and what descends from it now; nothing where the system has no `/proc`. */
  family(): Relative[] {
    return this.pid === undefined ? [] : family(this.pid)
  }

  /**
   * Starts a command beside the module, as a child of its process, and returns that; undefined where the system has
   * no `/proc`. What is true of it the kernel says: the module is not asked.
   */
  async spawn(command: string[]): Promise<Relative | undefined> {
    const settled = await this.#answer(this.#host.ask({ spawn: command }), command[0]!, {})
    const inner = 'value' in settled ? settled.value : undefined
    return this.family().find((relative) => relative.inner === inner)
  }

  /** Resolves once its process has handled every event that came before: it answers in its turn. */
  async turn(): Promise<void> {
    await this.#answer(this.#host.ask({ target: 0, property: 'turn' }), this.#file, {})
  }

  /** Makes the process stand still. The kernel goes on for it: it takes connections, data and resets. */
  async pause(): Promise<void> {
    this.#kit.transcript.add('pause')
    await this.#host.running.pause()
  }

  /** Lets a paused process go on. */
  resume(): void {
    this.#kit.transcript.add('resume')
    this.#host.running.resume()
  }

  /** Expects the process to end by itself, once nothing of the module keeps it running: no socket, no timer. */
  async ends(explain: Explain = {}): Promise<void> {
    this.#host.release()
    const exit = await within(deadlines.end, this.#host.running.exited)
    if (exit === expired) {
      const seconds = deadlines.end / 1000
      const what = {
        en: `${seconds} s later something still kept the process running`,
        ja: `${seconds} 秒後も何かがプロセスを動かし続けていました`,
      }
      throw this.#kit.fault('running', what, explain)
    }
    this.#kit.transcript.add('exit')
    if (exit.status !== 0) throw await this.#exited(explain)
  }

  /** Begins a call of a method of an object; 0 is the module itself. For RemoteObject. */
  begin(
    target: number,
    label: string,
    method: string,
    args: unknown[],
    silent = false,
  ): LaterResult {
    if (!silent) this.#transcribe(label, args)
    const asked = this.#host.ask({ target, method, arguments: toWire(args) })
    const value = (explain: Explain = {}, milliseconds?: number) =>
      this.#value(asked, `${label}()`, explain, milliseconds)
    const failed = asked.then(async (settled): Promise<never> => {
      if (typeof settled === 'object' && 'value' in settled) return new Promise(() => {})
      await immediate() // The loop looks at all sockets,
      await immediate() // and has told of what was there.
      return value() as Promise<never>
    })
    failed.catch(() => {}) // Whoever waits for it sees it; often nobody does.
    const answer = () => this.#answer(asked, `${label}()`, {})
    return {
      value,
      lasted: async () => (await answer()).milliseconds,
      promised: async () => (await answer()).promised === true,
      failed,
    }
  }

  /** The value of a property of an object. For RemoteObject. */
  property(target: number, label: string, property: string, explain: Explain): Promise<unknown> {
    return this.#value(this.#host.ask({ target, property }), label, explain)
  }

  /** The result of a call that had to return it at once. For RemoteObject. */
  async settled(method: string, later: LaterResult, explain: Explain): Promise<unknown> {
    const value = await later.value(explain)
    if (!(await later.promised())) return value
    const what = {
      en: `${method}() returned a promise, where the value itself was expected`,
      ja: `${method}() は値そのものではなく Promise を返しました`,
    }
    throw this.#kit.fault('different', what, explain, generalAdvice.promise)
  }

  /** Where a server says that it listens, of its property `address`. For RemoteObject. */
  async address(label: string, value: unknown): Promise<Address> {
    const read = (name: string) =>
      value instanceof RemoteObject
        ? value.get(name)
        : ((value ?? {}) as Record<string, unknown>)[name]
    const [host, port] = [await read('address'), await read('port')]
    if (typeof host === 'string' && typeof port === 'number' && (await read('family'))) {
      this.#kit.knows(port)
      return { host, port }
    }
    const found = typeOf(value)
    const what = {
      en: `the address of what ${label}() returned is ${found.en}, where { address, family, port } was expected`,
      ja: `${label}() が返したものの address は { address, family, port } のはずですが、${found.ja}でした`,
    }
    throw this.#kit.fault('different', what, {}, generalAdvice.address)
  }

  /** The fault that an object has no such method. For RemoteObject. */
  noMethod(label: string, method: string): LearnerFault {
    const what = {
      en: `what ${label}() returned has no method ${method}()`,
      ja: `${label}() が返したものに ${method}() メソッドがありません`,
    }
    return this.#kit.fault('missing', what, {}, generalAdvice.noExport)
  }

  async #value(
    asked: Promise<Settled>,
    label: string,
    explain: Explain,
    milliseconds?: number,
  ): Promise<unknown> {
    const settled = await this.#answer(asked, label, explain, milliseconds)
    const revive = (handle: WireHandle) =>
      new RemoteObject(this, label.replace(/\(\)$/, ''), handle)
    if ('value' in settled) {
      try {
        return decode(settled.value, revive)
      } catch {
        throw this.#garbled(explain)
      }
    }
    const error = this.#describe(settled.error)
    const what = { en: `${label} failed: ${error}`, ja: `${label} が失敗しました: ${error}` }
    throw (
      this.#notYet(settled.error, 'threw', what) ??
      this.#kit.fault('threw', what, explain, threwAdvice(settled.error))
    )
  }

  /** The fault for an error that says nothing of the subject: what the call site and the check say does not help there. */
  #notYet(error: WireError, outcome: Outcome, what: Text): LearnerFault | undefined {
    const advice = notYetAdvice(error, outcome)
    return advice && new LearnerFault(outcome, what, advice)
  }

  async #answer(
    asked: Promise<Settled>,
    label: string,
    explain: Explain,
    milliseconds: number = deadlines.answer,
  ): Promise<Answer> {
    const settled = await within(milliseconds, asked)
    if (settled === 'exited') throw await this.#exited(explain)
    if (settled === 'garbled') throw this.#garbled(explain)
    if (settled !== expired) return settled
    const seconds = milliseconds / 1000
    const what = {
      en: `${label} neither returned nor failed within ${seconds} s`,
      ja: `${label} は ${seconds} 秒たっても結果もエラーも返しませんでした`,
    }
    throw this.#kit.fault('silent', what, explain, generalAdvice.neverSettled)
  }

  #garbled(explain: Explain): LearnerFault {
    return this.#kit.fault('different', garbled, explain, generalAdvice.noExport)
  }

  #mustExport(name: string): void {
    if (this.#exports.includes(name)) return
    const others = this.#exports
    const what = {
      en: `${this.#file} does not export ${name}${others.length ? `; it exports ${others.join(', ')}` : ''}`,
      ja: `${this.#file} は ${name} を export していません${others.length ? `。export しているのは ${others.join('、')} です` : ''}`,
    }
    throw this.#kit.fault('missing', what, {}, generalAdvice.noExport)
  }

  #failedToLoad(error: WireError, explain: Explain): LearnerFault {
    if (error.code === 'ERR_MODULE_NOT_FOUND') {
      const exit = { status: 1, signal: null }
      return exitFault(
        this.#kit,
        this.#file,
        exit,
        error.message,
        this.#host.running.directory,
        explain,
      )
    }
    const said = this.#describe(error)
    const what = {
      en: `${this.#file} failed while it was loaded: ${said}`,
      ja: `${this.#file} は読み込み中に失敗しました: ${said}`,
    }
    return this.#kit.fault('threw', what, explain, generalAdvice.crashed)
  }

  async #exited(explain: Explain): Promise<LearnerFault> {
    const { running, output } = this.#host
    const exit = await running.exited
    return exitFault(this.#kit, this.#file, exit, output.last, running.directory, explain)
  }

  #transcribe(label: string, args: unknown[]): void {
    const call = same(`${label}(${args.map((value) => this.#brief(value)).join(', ')})`)
    const last = this.#kit.transcript.steps.at(-1)
    // Asked again and again until the answer is right: how often, differs in every run.
    if (last?.action !== 'call' || last.detail?.en !== call.en)
      this.#kit.transcript.add('call', call)
  }

  /** An argument as one would write it, ports left out. */
  #brief(value: unknown): string {
    if (value instanceof RemoteObject) return '<object>'
    if (Buffer.isBuffer(value))
      return `<${count(value.length)} ${value.length === 1 ? 'byte' : 'bytes'}>`
    if (typeof value === 'number' && this.#kit.isPid(value)) return '<pid>'
    if (typeof value === 'number') return this.#kit.isPort(String(value)) ? '<port>' : String(value)
    if (typeof value === 'string') return JSON.stringify(value).replace(this.scratch.path('/'), '')
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value)
    if (Array.isArray(value)) return `[${value.map((item) => this.#brief(item)).join(', ')}]`
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${this.#brief(item)}`)
    return `{ ${entries.join(', ')} }`
  }

  #describe({ name, message, stack = '' }: WireError): string {
    const place = /\/submission\/([\w.-]+:\d+):\d+/.exec(stack)?.[1]
    return `${name}: ${this.#clean(message)}${place ? ` (${place})` : ''}`
  }

  #clean(message: string): string {
    return (
      lastLines(message.split('\n', 1)[0]!, this.#host.running.directory, this.#kit.ports)?.en ?? ''
    )
  }
}

/** An object that lives in the learner's process. Its methods are called there. */
export class RemoteObject {
  readonly methods: string[]
  readonly handle: number
  readonly #module: Module
  readonly #label: string

  constructor(module: Module, label: string, { handle, methods }: WireHandle) {
    this.#module = module
    this.#label = label
    this.handle = handle
    this.methods = methods
  }

  /** Whether it is itself a function. */
  get isFunction(): boolean {
    return this.methods.includes('apply') && this.methods.includes('bind')
  }

  /** Calls a method and returns what it returns, awaited. */
  async call(method: string, args: unknown[] = [], explain: Explain = {}): Promise<unknown> {
    if (!this.methods.includes(method)) throw this.#module.noMethod(this.#label, method)
    return this.#module.begin(this.handle, method, method, args).value(explain)
  }

  /** Calls a method that must fail, with an error of one of these codes. Returns that error. */
  async rejects(
    method: string,
    args: unknown[],
    code: string | string[],
    explain: Explain = {},
  ): Promise<Rejection> {
    if (!this.methods.includes(method)) throw this.#module.noMethod(this.#label, method)
    return this.#module.failing(this.handle, method, args, code, explain)
  }

  /** Calls a method for what it knows at once: a promise of that is a fault. */
  async ask(method: string, explain: Explain = {}, silent = false): Promise<unknown> {
    if (!this.methods.includes(method)) throw this.#module.noMethod(this.#label, method)
    const later = this.#module.begin(this.handle, method, method, [], silent)
    return this.#module.settled(method, later, explain)
  }

  /** The same without a step in the transcript: for questions that are asked until something is true. */
  peek(method: string, explain: Explain = {}): Promise<unknown> {
    return this.ask(method, explain, true)
  }

  /** Asks a method until its answer is the expected one, or the time is over; returns the last answer. */
  async eventually(method: string, expected: unknown): Promise<unknown> {
    let answer = await this.ask(method)
    for (let asked = 1; answer !== expected && asked < 50; asked++) {
      await sleep(10)
      answer = await this.peek(method)
    }
    return answer
  }

  /** The value of a property, as it is now. */
  get(property: string, explain: Explain = {}): Promise<unknown> {
    return this.#module.property(this.handle, property, property, explain)
  }

  /** Expects its property `address` to be what address() returns of a server or a socket of Node, and returns where that is. */
  async address(): Promise<Address> {
    return this.#module.address(this.#label, await this.get('address'))
  }
}

/** Loads a module in a process for one check, which ends it. */
export async function openModule(kit: Kit, file: string, explain: Explain): Promise<Module> {
  const host = startHost(kit, file)
  kit.onEnd(() => host.running.end())
  return new Module(kit, file, host).load(explain)
}

/** Starts the process for a module. */
export function startHost(kit: Kit, file: string): Host {
  return new Host(
    startFile(kit, file, { main: '../course/host.ts', arguments: [file], channel: true }),
  )
}

const garbled: Text = {
  en: 'something else than the answer was written to file descriptor 3, which belongs to the grader',
  ja: '採点プログラムが使うファイルディスクリプタ 3 に、答え以外のものが書き込まれました',
}

/** What is said of an error that comes before all that a check is about. */
function notYetAdvice({ name, message, code }: WireError, outcome: Outcome) {
  if (message === 'not written yet') return generalAdvice.notWritten
  if (name === notAnError) return generalAdvice.noError
  // An error of the language is a mistake of another kind, and says itself which.
  return outcome === 'different' && code === undefined && name === 'Error'
    ? generalAdvice.noCode
    : undefined
}

/** What is generally said of a call that failed. */
function threwAdvice({ code }: WireError) {
  return code === 'EADDRINUSE' ? generalAdvice.addressInUse : generalAdvice.threw
}

function toWire(args: unknown[]): Wire[] {
  return args.map((value) =>
    value instanceof RemoteObject
      ? { tag: 'handle', handle: value.handle, methods: [] }
      : encode(value, () => -1),
  )
}

const aFunction: Text = { en: 'a function', ja: '関数' }
const anObject: Text = { en: 'another object', ja: '別のオブジェクト' }

function typeOf(value: unknown): Text {
  if (value === undefined || value === null) return { en: String(value), ja: ` ${String(value)} ` }
  if (Buffer.isBuffer(value)) return { en: 'a Buffer', ja: ' Buffer ' }
  if (typeof value !== 'object') return { en: `a ${typeof value}`, ja: ` ${typeof value} ` }
  if (value instanceof RemoteObject) return value.isFunction ? aFunction : anObject
  return { en: 'an object without methods', ja: 'メソッドのないオブジェクト' }
}
