import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findLesson, type LessonPlace, root } from '../lessons.ts'
import { layOut, samples } from '../samples.ts'
import { benchLoop, type Time } from './loop.ts'

export interface BenchOptions {
  rounds: number
  saves: number
  json?: true
}

/** What was measured of one command, in milliseconds from its start. */
interface Row {
  name: string
  /** Median until it had ended. */
  median: number
  slowest: number
  /** Median until its first verdict was on the screen. */
  first: number
  /** Median of the ratio to the yardstick of the same round. */
  ratio: number
}

/** Measures, and prints a table or JSON. */
export async function bench(options: BenchOptions): Promise<void> {
  const lesson = findLesson('lesson-2')
  const folder = mkdtempSync(join(tmpdir(), 'dojo-bench-'))
  try {
    const subjects = new Map([
      ['empty vitest run', emptyVitest()],
      ['solution', test(lesson, 'solutions')],
      ['starter', test(lesson, 'exercises')],
      ...never(lesson, folder),
      ['--help', [dojo, '--help']],
      ['progress', [dojo, 'progress']],
    ])
    const rows = await measure(subjects, options.rounds)
    const { rows: loop, memory } = await measureLoop(options.saves)
    const { measureSite, siteTable } = await import('../../../docs/course/bench.ts')
    const site = await measureSite()
    const { rounds } = options
    if (options.json) console.log(JSON.stringify({ rounds, rows, loop, memory, site }, null, 2))
    else console.log([table(rows), table(loop), memory, siteTable(site)].join('\n\n'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Wrong programs that never do something, each as a whole submission in a folder of its own. */
function never(lesson: LessonPlace, folder: string): [string, string[]][] {
  const patient = samples(lesson).filter(({ name }) => /\/never-[^/]+$/.test(name))
  return patient.map((sample) => {
    const name = sample.name.slice(sample.name.lastIndexOf('/') + 1)
    return [name, test(lesson, layOut(sample, join(folder, sample.name)))]
  })
}

const dojo = join(import.meta.dirname, '../dojo.mjs')

const test = ({ name }: LessonPlace, folder: string) => [dojo, 'test', name, '--in', folder]

function emptyVitest(): string[] {
  const folder = join(root, 'node_modules/.cache/bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'empty.test.js'),
    "import { test } from 'vitest'\ntest('empty', () => {})\n",
  )
  return [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder]
}

async function measure(subjects: Map<string, string[]>, count: number): Promise<Row[]> {
  const times = new Map([...subjects.keys()].map((name) => [name, [] as Time[]]))
  // One round more than counts: it fills the caches.
  for (let round = 0; round <= count; round++) {
    for (const [name, words] of subjects) {
      const time = await timeOf(words)
      if (round > 0) times.get(name)!.push(time)
    }
  }
  const yardstick = [...times.values()][0]!
  return [...times].map(([name, all]) => ({
    name,
    median: median(all.map(({ whole }) => whole)),
    slowest: Math.round(Math.max(...all.map(({ whole }) => whole))),
    first: median(all.map(({ first }) => first)),
    ratio:
      Math.round(100 * middle(all.map(({ whole }, round) => whole / yardstick[round]!.whole))) /
      100,
  }))
}

/** What a learner waits for in watch mode, from the save; an empty vitest run goes before each. */
async function measureLoop(count: number): Promise<{ rows: Row[]; memory: string }> {
  const yardstick: number[] = []
  const { failing, passing, memory } = await benchLoop(count, async () => {
    yardstick.push((await timeOf(emptyVitest())).whole)
  })
  const row = (name: string, times: Time[], offset: number): Row => {
    const all = times.map(({ whole }) => whole)
    const ratios = all.map((time, at) => time / yardstick[2 * at + offset]!)
    return {
      name,
      median: median(all),
      slowest: Math.round(Math.max(...all)),
      first: median(times.map(({ first }) => first)),
      ratio: Math.round(100 * middle(ratios)) / 100,
    }
  }
  const mean = (some: number[]) => Math.round(some.reduce((a, b) => a + b, 0) / some.length)
  return {
    rows: [row('save: first fails', failing, 0), row('save: all pass', passing, 1)],
    memory: `memory after ${count} saves: ${mean(memory.slice(-10))} MiB (in the first ten: ${mean(memory.slice(0, 10))})`,
  }
}

/** Runs a command once: when its first verdict came, and when it had ended. */
async function timeOf(words: string[]): Promise<Time> {
  const started = performance.now()
  let first = 0
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout.on('data', (piece: Buffer) => {
    if (first === 0 && /[✓✗]/.test(String(piece))) first = performance.now() - started
  })
  await once(child, 'close')
  return { first, whole: performance.now() - started }
}

const median = (values: number[]) => Math.round(middle(values))

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function table(rows: Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const line = (name: string, ...cells: (string | number)[]) =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(14)).join('')
  return [
    line('', 'first verdict', 'median ms', 'slowest ms', '× yardstick'),
    ...rows.map((row) => line(row.name, row.first, row.median, row.slowest, row.ratio.toFixed(2))),
  ].join('\n')
}
