import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { descendants, signal } from '../../sandbox/processes.ts'
import { root } from '../lessons.ts'

const main = join(import.meta.dirname, '../dojo.mjs')

/** A command that runs, as a test sees it. */
export class Run {
  stdout = ''
  stderr = ''
  readonly pid: number
  /** Its exit status. */
  readonly exited: Promise<number | null>
  readonly #changed = new EventTarget()

  constructor(words: string[], environment: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, LANG: 'C.UTF-8', ...environment }
    const child = spawn(process.execPath, words, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.pid = child.pid!
    child.stdout.on('data', (piece) => this.#add('stdout', piece))
    child.stderr.on('data', (piece) => this.#add('stderr', piece))
    this.exited = once(child, 'close').then(([status]) => {
      this.#changed.dispatchEvent(new Event('end'))
      return status as number | null
    })
    onTestFinished(() => {
      for (const { pid } of descendants(this.pid)) signal(pid, 'SIGKILL')
    })
  }

  /** Resolves once it has printed something, on standard output or standard error; rejects when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr)
        if (found) resolve(found)
      }
      this.#changed.addEventListener('output', look)
      this.#changed.addEventListener('end', () => {
        reject(new Error(`Expected ${pattern}, found ${this.stdout}${this.stderr}`))
      })
      look()
    })
  }

  #add(stream: 'stdout' | 'stderr', piece: Buffer): void {
    this[stream] += piece
    this.#changed.dispatchEvent(new Event('output'))
  }
}

/** Starts a command of the course; it is killed when the test is over. */
export function dojo(...words: string[]): Run {
  return new Run([main, ...words])
}
dojo.in = (environment: NodeJS.ProcessEnv, ...words: string[]) =>
  new Run([main, ...words], environment)

/** Starts a program of a solution, by Node alone: `lesson-2-tcp-server/echo.ts`. */
export function solution(path: string, ...args: string[]): Run {
  return new Run([join(root, 'solutions', path), ...args])
}

/** Whether a tool of the system is missing: its tests are skipped. */
export const lacks = (command: string): boolean => spawnSync('which', [command]).status !== 0
