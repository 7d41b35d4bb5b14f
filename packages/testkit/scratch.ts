import { chownSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Running } from '@socket-dojo/sandbox'
import type { Job } from './job.ts'

/** A folder that a program may write to, with the ways to it: its own, and ours. */
export class Scratch {
  readonly #job: Job
  readonly #running: Running

  constructor(job: Job, running: Running) {
    this.#job = job
    this.#running = running
  }

  /** The path of a file in it, as the program has to name it. */
  path(name: string): string {
    return join(this.#shut ? '/tmp' : this.#job.directory, name)
  }

  /** Puts a file there that the program may change. */
  write(name: string, data: Buffer | string): void {
    const path = this.#ours(name)
    writeFileSync(path, data)
    if (process.getuid?.() !== 0 || !this.#shut) return
    const { uid, gid } = statSync(`/proc/${this.#running.pid}`)
    chownSync(path, uid, gid)
  }

  /** What a file there holds now; undefined where there is none. */
  read(name: string): Buffer | undefined {
    try {
      return readFileSync(this.#ours(name))
    } catch {
      return undefined
    }
  }

  get #shut(): boolean {
    return this.#job.profile === 'bwrap'
  }

  /** The program's `/tmp` is its own: the kernel leads there by way of the process. proc_pid_root(5) */
  #ours(name: string): string {
    const path = this.path(name)
    return this.#shut ? `/proc/${this.#running.pid}/root${path}` : path
  }
}

/** Puts a file where every program of the submission can read it; returns its path from their working directory. */
export function give({ directory }: Job, name: string, data: Buffer): string {
  mkdirSync(join(directory, 'data'), { recursive: true })
  writeFileSync(join(directory, 'data', name), data)
  return `../data/${name}`
}
