import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, resolve } from 'node:path'

/** A program of the learner that runs now, however it was started. */
export interface RunningProgram {
  pid: number
  /** `echo.ts` */
  file: string
}

/** The processes of Node whose program is one of these files (absolute paths), by PID. */
export function runningPrograms(paths: string[]): RunningProgram[] {
  const wanted = new Set(paths.map(real))
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids
    .flatMap((name) => {
      const path = mainOf(Number(name))
      return path !== undefined && wanted.has(path)
        ? [{ pid: Number(name), file: basename(path) }]
        : []
    })
    .toSorted((a, b) => a.pid - b.pid)
}

/** The file that a process of Node runs; undefined for every other process, and one that may not be looked at. */
function mainOf(pid: number): string | undefined {
  try {
    if (!basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('node')) return undefined
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(1, -1)
    const at = words.findIndex((word, index) => !word.startsWith('-') && !isValue(words, index))
    const main = words[at]
    if (main === undefined) return undefined
    // The prompt of `start` has the module as its argument.
    const path = main.endsWith('/dojo/start/prompt.ts') ? words[at + 1]! : main
    return real(resolve(readlinkSync(`/proc/${pid}/cwd`), path))
  } catch {
    return undefined
  }
}

/** Whether a word belongs to the option before it, as in `--require preflight.cjs`. */
const isValue = (words: string[], index: number) =>
  ['--require', '-r', '--import'].includes(words[index - 1] ?? '')

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
