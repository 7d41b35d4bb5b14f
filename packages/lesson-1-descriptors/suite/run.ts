import { basename } from 'node:path'
import {
  type Advice,
  type Descriptor,
  descriptors,
  type Explain,
  hasDescriptors,
  type Kit,
  type LaterResult,
  LearnerFault,
  type Module,
  type Relative,
  RemoteObject,
  spaced,
  type Text,
} from '@socket-dojo/testkit'
import { firstDifference, quote, sideBySide } from '@socket-dojo/testkit/bytes'
import { show } from './show.ts'

export const file = 'pipeline.ts'

/** What runPipeline() resolves with. */
export interface Result {
  statuses: (number | null)[]
  signals: (string | null)[]
  stdout: Buffer
  stderr: Buffer
}

/** Calls runPipeline() and returns what it resolves with. */
export async function run(
  kit: Kit,
  commands: string[][],
  options?: object,
  explain?: Explain,
): Promise<Result> {
  const module = await kit.shared.module(file)
  return finish(kit, module, begin(module, commands, options), explain)
}

/** Begins a call whose result is wanted later. */
export const begin = (module: Module, commands: string[][], options?: object): LaterResult =>
  module.later('runPipeline', options ? [commands, options] : [commands])

/** Waits for the result of a call. Where there is none, and no reason is given, it looks for the usual one in the kernel. */
export async function finish(
  kit: Kit,
  module: Module,
  later: LaterResult,
  explain?: Explain,
): Promise<Result> {
  try {
    return asResult(kit, await dataOf(await later.value(explain)))
  } catch (error) {
    const silent = error instanceof LearnerFault && error.outcome === 'silent'
    if (silent && !explain?.silent) explainHang(kit, module)
    throw error
  }
}

/** Waits until stages run, each as the program that it is to be, and sleep: named as `sleep 101`. */
export async function stages(
  kit: Kit,
  module: Module,
  later: LaterResult,
  names: string[],
): Promise<Relative[]> {
  const find = () => {
    const family = module.family()
    return names.map((name) => family.find((one) => one.sleeps && nameOf(one) === name))
  }
  let found = find()
  const allRun = kit.until(() => (found = find()).every(Boolean))
  await Promise.race([allRun, later.failed])
  for (const stage of found) if (stage) kit.onEnd(() => kill(stage))
  const [absent] = names.filter((_, index) => !found[index])
  if (absent !== undefined) {
    const running = names.filter((_, index) => found[index])
    const others = running.map((name) => `"${name}"`)
    kit.fail(
      {
        en: others.length
          ? `"${absent}" was not started while ${others.join(' and ')} ran`
          : `"${absent}" was not started`,
        ja: others.length
          ? `${others.join('、')} が動いている間に "${absent}" は起動されませんでした`
          : `"${absent}" は起動されませんでした`,
      },
      notAtOnce,
      'silent',
    )
  }
  return found as Relative[]
}

/** A stage that waits until it is told to go on by a script. */
export class Gate {
  readonly command: string[]
  /** The path of the file that lets it go on, for who is to make that. */
  readonly file: string
  readonly #module: Module
  readonly #name: string

  constructor(module: Module, name: string, script: string, before = '') {
    this.#module = module
    this.#name = name
    const whole = `${before}until [ -e "$0" ]; do sleep 0.01; done; ${script}`
    this.file = module.scratch.path(name)
    this.command = ['sh', '-c', whole, this.file]
  }

  /** Lets it go on. */
  open(): void {
    try {
      this.#module.scratch.write(this.#name, '')
    } catch {
      // The module's process has ended, and its stages with it: whoever waits for a result is told so.
    }
  }

  /** Its process; undefined where it does not run, or the system does not tell. */
  process(): Relative | undefined {
    return this.#module.family().find(({ command }) => command.join() === this.command.join())
  }
}

/** Waits until all of them are there, where the system tells: a program that starts them one by one is not waited for. */
export async function untilThere(kit: Kit, gates: Gate[]): Promise<void> {
  if (hasDescriptors()) await kit.until(() => gates.every((gate) => gate.process()))
}

/** The descriptors of a stage. */
export const tableOf = (stage: Relative): Map<number, Descriptor> =>
  descriptors(stage.pid) ?? new Map()

/** Expects the stages to have ended so: a number is a status, a word a signal. */
export function expectEnds(
  kit: Kit,
  { statuses, signals }: Result,
  ends: (number | string)[],
  advice: Partial<Advice> = {},
): void {
  const right = { statuses: ends.map(asStatus), signals: ends.map(asSignal) }
  const killed = ends.some((_, index) => signals[index] === 'SIGTERM' && !right.signals[index])
  for (const [name, found] of Object.entries({ statuses, signals })) {
    const expected = right[name as keyof typeof right]
    if (areSame(found, expected)) continue
    kit.fail(
      {
        en: `${name} should be ${show(expected)}, and was ${show(found)}`,
        ja: `${name} は ${show(expected)} のはずが ${show(found)} でした`,
      },
      killed ? killedEarly : isUnset(found, expected) ? notNull : advice,
    )
  }
}

/** Whether two lists are the same, null and undefined told apart. */
export const areSame = (found: unknown[], expected: unknown[]): boolean =>
  found.length === expected.length && expected.every((value, at) => Object.is(value, found[at]))

/** Expects what was collected to be these bytes. */
export function expectBytes(
  kit: Kit,
  name: Text,
  expected: Buffer | string,
  actual: Buffer,
  advice: Partial<Advice> = {},
): void {
  const right = Buffer.from(expected)
  if (right.equals(actual)) return
  expectWhole(kit, name, right, actual)
  const index = firstDifference(right, actual)
  const picture = sideBySide(right, Math.max(index, 0), actual[index] ?? 0)
  const what: Text =
    index < 0
      ? {
          en: `${name.en} should be ${quote(right).en}, and was ${quote(actual).en}`,
          ja: `${name.ja}は ${spaced(quote(right).ja)}のはずが ${spaced(quote(actual).ja)}でした`,
        }
      : {
          en: `${name.en} differs from byte ${index + 1} on\n${picture.en}`,
          ja: `${name.ja}が ${index + 1} バイト目から違います\n${picture.ja}`,
        }
  kit.fail(what, advice)
}

/** Expects that nothing is missing at the end of what was collected. What fits into a line is rather quoted. */
export function expectWhole(kit: Kit, name: Text, expected: Buffer, actual: Buffer): void {
  if (expected.length < 100 || actual.length >= expected.length) return
  if (!expected.subarray(0, actual.length).equals(actual)) return
  // How many differs from run to run.
  kit.fail(
    {
      en: `${name.en} is right as far as it goes, but its last bytes are missing`,
      ja: `${name.ja}は途中まで正しいのですが、最後のほうのバイトが足りません`,
    },
    cutShort,
  )
}

export const stdoutText: Text = { en: 'stdout', ja: 'stdout ' }
export const stderrText: Text = { en: 'stderr', ja: 'stderr ' }

const isUnset = (found: unknown[], expected: unknown[]) =>
  expected.some((value, at) => value === null && found[at] === undefined)

const asStatus = (end: number | string) => (typeof end === 'number' ? end : null)
const asSignal = (end: number | string) => (typeof end === 'number' ? null : end)

const nameOf = ({ command: [name = '', ...words] }: Relative) =>
  [basename(name), ...words].join(' ')

/** The fields of what resolved: an object with methods besides has them, too, and stays where it is. */
async function dataOf(value: unknown): Promise<unknown> {
  if (!(value instanceof RemoteObject)) return value
  const fields = ['statuses', 'signals', 'stdout', 'stderr']
  const found = fields.map(async (field) => [field, await value.get(field)] as const)
  return Object.fromEntries(await Promise.all(found))
}

/** What resolved, made sure of: a suite does not believe what a learner's process sends. */
function asResult(kit: Kit, value: unknown): Result {
  const result = (typeof value === 'object' && value !== null ? value : {}) as Partial<Result>
  const wrong = (['statuses', 'signals'] as const).find((key) => !Array.isArray(result[key]))
  if (wrong !== undefined)
    kit.fail({
      en: `what runPipeline() resolved with has no array "${wrong}"`,
      ja: `runPipeline() の結果に配列 "${wrong}" がありません`,
    })
  for (const key of ['stdout', 'stderr'] as const) {
    const found: unknown = result[key]
    if (Buffer.isBuffer(found)) continue
    kit.fail(
      {
        en: `"${key}" is ${found === undefined ? 'missing' : typeOf(found)}, where a Buffer was expected`,
        ja: `"${key}" は Buffer のはずですが、${found === undefined ? 'ありません' : `${typeOf(found).replace(/^an? /, '')} です`}`,
      },
      typeof found === 'string' ? notBytes : { next: notBytes.next },
    )
  }
  return result as Result
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Uint8Array) return 'a Uint8Array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** The usual reason why a pipeline does not end: somebody still has the write end of a pipe that a stage reads. */
function explainHang(kit: Kit, module: Module): void {
  const [own, ...running] = module.family()
  if (!own) return
  // The last first: a shell's command before that shell.
  for (const stage of running.toReversed()) {
    const output = tableOf(stage).get(1)
    const reads = (relative: Relative) =>
      [...tableOf(relative).values()].some(
        ({ identity, writes }) => identity === output?.identity && !writes,
      )
    if (output?.kind === 'pipe' && reads(own) && !running.some(reads))
      kit.fail(
        {
          en: `"${nameOf(stage)}" still writes or waits to write: your own process still has the read end of its pipe open`,
          ja: `"${nameOf(stage)}" はまだ書き続けているか、書けるのを待っています。そのパイプの読み出し側が、あなたのプロセスでまだ開いています`,
        },
        readEndKept,
        'silent',
      )
    const input = tableOf(stage).get(0)
    if (input?.kind !== 'pipe') continue
    const holds = (relative: Relative, from: number) =>
      [...tableOf(relative).values()].some(
        ({ fd, identity, writes }) => fd >= from && identity === input.identity && writes,
      )
    const reader = nameOf(stage)
    if (holds(own, 3))
      kit.fail(
        {
          en: `"${reader}" still waits for the end of its input: your own process still has the write end of its pipe open`,
          ja: `"${reader}" は入力の終わりを待ち続けています。そのパイプの書き込み側が、あなたのプロセスでまだ開いています`,
        },
        writeEndKept,
        'silent',
      )
    const other = running.find((relative) => holds(relative, 3))
    if (other) {
      const holder = nameOf(other)
      const itself = holder === reader
      kit.fail(
        {
          en: `"${reader}" still waits for the end of its input: ${itself ? 'it has' : `"${holder}" has`} the write end of that pipe open, as a descriptor above 2`,
          ja: `"${reader}" は入力の終わりを待ち続けています。そのパイプの書き込み側が、${itself ? '自分自身' : `"${holder}" `}の 3 番以上のディスクリプタとして開いています`,
        },
        writeEndGiven,
        'silent',
      )
    }
  }
}

export function kill({ pid }: Relative): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

const writeEndKept: Advice = {
  why: {
    en: 'the reader of a pipe sees the end only when the last copy of its write end is closed; a child gets a copy, and the one it was copied from stays open',
    ja: 'パイプの読み手に終わりが見えるのは、書き込み側の最後の複製が閉じたときです。子プロセスが得るのは複製で、元のディスクリプタは開いたままです',
  },
  next: {
    en: 'look at what becomes of both descriptors of each pipe() in your own process once the stages have started',
    ja: '各ステージを起動したあと、pipe() の 2 つのディスクリプタが自分のプロセスでどうなるかを見てください',
  },
  try: [
    'node exercises/lesson-1-descriptors/pipeline.ts sh -c "exec >&-; sleep 9" "|" cat &',
    'ls -l /proc/$!/fd',
  ],
}

const writeEndGiven: Advice = {
  ...writeEndKept,
  next: {
    en: 'look at which descriptors each stage is given besides 0, 1 and 2, and whether they are closed before it becomes its command',
    ja: '各ステージに 0、1、2 番以外のどのディスクリプタを渡しているか、exec の前に閉じているかを見てください',
  },
  try: ['ls -l /proc/self/fd | cat'],
}

const readEndKept: Advice = {
  ...writeEndKept,
  why: {
    en: 'a writer is told that nobody will read, by SIGPIPE, only when the last copy of the read end is closed; a child gets a copy, and the one it was copied from stays open',
    ja: '読み手がいないことが SIGPIPE で書き手に伝わるのは、読み出し側の最後の複製が閉じたときです。子プロセスが得るのは複製で、元のディスクリプタは開いたままです',
  },
  try: [
    'node exercises/lesson-1-descriptors/pipeline.ts yes "|" sh -c "exec <&-; sleep 9" &',
    'ls -l /proc/$!/fd',
  ],
}

const notNull: Advice = {
  why: {
    en: 'a stage has either a status or a signal, and null says that it has not the other; undefined says that nobody has looked',
    ja: 'ステージにはステータスかシグナルのどちらかがあり、ないほうは null です。undefined では、調べていないのと区別できません',
  },
  next: {
    en: 'compare what you resolve with to the interface in the starter, for each way in which a stage can end: by itself, by a signal, not started at all',
    ja: '自分で終わる、シグナルで終わる、起動できない、のそれぞれについて、解決する値をスターターの interface と比べてください',
  },
}

const killedEarly: Advice = {
  why: {
    en: 'a signal ended a stage that nobody should have ended: when one stage is done the others may still have much to do, and each ends by itself when its input does, or when nobody reads its output',
    ja: '終わらせるべきでないステージがシグナルで終わっています。1 つが終わっても、ほかはまだ仕事の途中かもしれません。それぞれ、入力が終わるか読み手がいなくなれば自分で終わります',
  },
  next: {
    en: 'look for kill(), and at what makes your program call it',
    ja: 'kill() を探し、何をきっかけに呼んでいるかを見てください',
  },
}

const notAtOnce: Advice = {
  why: {
    en: 'the stages of a pipeline run at the same time: one that only starts when another has ended needs all of its output kept somewhere, and some commands never end by themselves',
    ja: 'パイプラインの各ステージは同時に動きます。前の終了を待って起動するなら出力をすべてどこかにためることになり、自分からは終わらないコマンドもあります',
  },
  next: {
    en: 'look at what your program waits for before it starts the next stage',
    ja: '次のステージを起動する前に何を待っているかを見てください',
  },
  try: ['sleep 100 | sleep 200 & sleep 0.1; ps --ppid $$; kill $!'],
}

const cutShort: Advice = {
  why: {
    en: 'that a command has exited does not say that all it wrote has been read: the rest is still in the pipe or the socket, and comes before the end of the stream',
    ja: 'コマンドの終了は、その出力をすべて読み終えたことを意味しません。残りはまだパイプやソケットにあり、ストリームの終わりより前に届きます',
  },
  next: {
    en: "look at whether you keep every piece, and at what you wait for before you resolve: for the end of each stream that you read, or only for 'exit'",
    ja: "断片をすべて残しているか、解決する前に何を待っているかを見てください。待つのは読んでいる各ストリームの終わりですか、'exit' だけですか",
  },
}

const notBytes: Advice = {
  why: {
    en: 'what a command writes is bytes; only who knows their encoding can make text of them',
    ja: 'コマンドが書くのはバイトです。文字にできるのは、その文字エンコーディングを知っている側だけです',
  },
  next: {
    en: 'compare what your promise resolves with to the interface in the starter',
    ja: 'Promise の結果を、スターターの interface と比べてください',
  },
}
