import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type LessonPlace, root } from '@socket-dojo/dojo/lessons'
import { descendants, signal } from '@socket-dojo/sandbox'
import { differences, type Expected, makeClass } from './cohort.ts'
import { Redis } from './redis.ts'
import type { Class } from './result.ts'

export interface RehearsalOptions {
  /** An empty folder, for submissions and grades. */
  folder: string
  /** Learners. */
  size: number
  lessons: LessonPlace[]
  /** Gradings at a time. */
  jobs: number
  /**
   * What happens meanwhile. `kill`: judges, and the command itself, are killed at random, and the same command is
   * given again. `redis`: the jobs go through a queue, whose workers are killed at random, and Redis once too.
   */
  trouble?: 'kill' | 'redis' | undefined
}

export interface Rehearsal {
  expected: Expected[]
  theClass: Class
  /** What is not as it was known in advance, each in a line. */
  differences: string[]
  seconds: number
  /** Processes that were killed. */
  kills: number
}

/** Grades a class whose points are known in advance, by the same command as an instructor. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const submissions = join(options.folder, 'submissions')
  const out = join(options.folder, 'grades')
  mkdirSync(submissions)
  const expected = await makeClass(submissions, options.size, options.lessons)
  const chosen = options.lessons.flatMap(({ name }) => ['--lesson', name])
  const command = [submissions, '--out', out, '--jobs', String(options.jobs), ...chosen]
  const started = performance.now()
  const kills = await { none: plainly, kill: killing, redis: throughRedis }[
    options.trouble ?? 'none'
  ](command, options.jobs)
  const seconds = (performance.now() - started) / 1000
  const theClass = JSON.parse(readFileSync(join(out, 'class.json'), 'utf8')) as Class
  return { expected, theClass, differences: differences(expected, theClass), seconds, kills }
}

type Course = (command: string[], jobs: number) => Promise<number>

const plainly: Course = async (command) => {
  await once(grade(command), 'exit')
  return 0
}

const killing: Course = async (command) => {
  let kills = 0
  for (;;) {
    const run = grade(command)
    const exit = once(run, 'exit')
    const victims = kills < mostKills ? killSome(run, exit) : Promise.resolve(0)
    const [status] = (await exit) as [number | null]
    kills += await victims
    // Where the judge of the reference solution was killed twice, the run has stopped, and says so.
    const stopped = status === null || (status === 3 && (await victims) > 0)
    if (!stopped) return kills
  }
}

/** Kills two judges of a run, and then the run itself, each after a while. Returns how many were killed. */
async function killSome(run: ChildProcess, exit: Promise<unknown>): Promise<number> {
  let kills = 0
  for (const victim of ['judge', 'judge', 'run']) {
    if ((await Promise.race([exit, sleep(2000 + 3000 * Math.random())])) !== undefined) return kills
    const judges = descendants(run.pid!).filter(({ pid }) => isJudge(pid))
    const pid = victim === 'run' ? run.pid : judges[Math.floor(Math.random() * judges.length)]?.pid
    if (pid === undefined) continue
    signal(pid, 'SIGKILL')
    kills += 1
  }
  return kills
}

/** So that there is an end, however slow the machine. */
const mostKills = 12

const throughRedis: Course = async (command, jobs) => {
  const redis = await Redis.start()
  const queue = ['--queue', redis.url]
  const workers = [1, 2].map(
    () => new Restarting(['worker', ...queue, '--jobs', String(Math.ceil(jobs / 2))]),
  )
  try {
    const run = grade([...command, ...queue])
    const exit = once(run, 'exit')
    let kills = 0
    const trouble = async () => {
      for (const victim of ['worker', 'redis', 'worker']) {
        await Promise.race([exit, workers[0]!.hasJudged()])
        if (run.exitCode !== null) return
        if (victim === 'worker') workers[kills % 2]!.kill()
        else {
          await redis.kill()
          await sleep(500)
          await redis.begin()
        }
        kills += 1
      }
    }
    await Promise.all([exit, trouble()])
    return kills
  } finally {
    for (const worker of workers) worker.close()
    await redis.close()
  }
}

/** A process that is started again whenever it ends. */
class Restarting {
  readonly #command: string[]
  #child!: ChildProcess
  #closed = false
  #judged = Promise.withResolvers<void>()

  constructor(command: string[]) {
    this.#command = command
    this.#start()
  }

  /** Resolves with the next job that it has judged. */
  async hasJudged(): Promise<void> {
    this.#judged = Promise.withResolvers()
    await this.#judged.promise
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  close(): void {
    this.#closed = true
    this.kill()
  }

  #start(): void {
    this.#child = grade(this.#command, 'pipe')
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (/ lesson-/.test(text)) this.#judged.resolve()
    })
    this.#child.on('exit', () => this.#closed || this.#start())
  }
}

const grade = (words: string[], stderr: 'ignore' | 'pipe' | 'inherit' = 'ignore') =>
  spawn(process.execPath, [join(root, 'packages/dojo/dojo.mjs'), 'grade', ...words], {
    stdio: ['ignore', 'ignore', stderr],
  })

function isJudge(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('judge/process.ts')
  } catch {
    return false
  }
}
