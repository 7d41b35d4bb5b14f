import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { descendants } from '../../sandbox/processes.ts'
import { findLesson, root, submissionFolder } from '../lessons.ts'
import { starterFolder } from '../starter.ts'

/** What was measured of the learner's loop with lesson 2, in milliseconds from a save. */
export interface LoopTimes {
  /** Of a submission that fails the first check: `first` is when that stands there in full. */
  failing: Time[]
  /** Of one that passes all. */
  passing: Time[]
  /** Resident memory of the loop and its judge after each save, in MiB. */
  memory: number[]
}

/** Until the first verdict, and until all of them are there. */
export interface Time {
  first: number
  whole: number
}

/**
 * Saves a file of lesson 2 again and again, in turns so that the first check fails and that all pass.
 * @param between is awaited before each save: for the yardstick, and for what the loop does after its verdicts.
 */
export async function benchLoop(saves: number, between: () => Promise<void>): Promise<LoopTimes> {
  const lesson = findLesson('lesson-2')
  const parent = mkdtempSync(join(tmpdir(), 'dojo-bench-loop-'))
  const folder = join(parent, lesson.name)
  cpSync(submissionFolder(lesson, 'solutions'), folder, { recursive: true })
  const watch = new Watch(parent)
  const times: LoopTimes = { failing: [], passing: [], memory: [] }
  try {
    await watch.until(summary)
    for (let save = 0; save < saves; save++) {
      await between()
      const fails = save % 2 === 0
      const source = fails ? starterFolder(lesson) : submissionFolder(lesson, 'solutions')
      const saved = watch.mark()
      cpSync(join(source, 'hello-server.ts'), join(folder, 'hello-server.ts'))
      const first = (await watch.until(fails ? / {6}what .*\n/ : /✓ .*\n/)) - saved
      const whole = (await watch.until(summary)) - saved
      times[fails ? 'failing' : 'passing'].push({ first, whole })
      times.memory.push(watch.memory())
    }
    return times
  } finally {
    watch.end()
    rmSync(parent, { recursive: true })
  }
}

const summary = / of 43 points/

/** The loop, without a terminal: what it prints, and when. */
class Watch {
  readonly #child: ChildProcess
  #text = ''
  #heard = Promise.withResolvers<void>()

  constructor(folder: string) {
    const dojo = join(root, 'packages/dojo/dojo.mjs')
    const words = [dojo, 'test', 'lesson-2', '--watch', '--lang', 'en', '--in', folder]
    this.#child = spawn(process.execPath, words, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (piece: string) => {
      this.#text += piece
      this.#heard.resolve()
      this.#heard = Promise.withResolvers()
    })
    this.#child.on('exit', () => this.#heard.reject(new Error('Expected the loop to go on')))
  }

  /** Forgets what it has printed; the time now. */
  mark(): number {
    this.#text = ''
    return performance.now()
  }

  /** When it has printed something. */
  async until(expected: RegExp): Promise<number> {
    while (!expected.test(this.#text)) await this.#heard.promise
    return performance.now()
  }

  memory(): number {
    const family = descendants(this.#child.pid!)
    return family.reduce((sum, { resident }) => sum + resident, 0) / 2 ** 20
  }

  end(): void {
    this.#child.removeAllListeners('exit').kill('SIGTERM')
  }
}
