import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** One row of the system's process table: a process that is alive (a zombie is not). */
export interface Process {
  pid: number
  parent: number
  /** Process group. */
  group: number
  /** Resident memory in bytes. */
  resident: number
  /** Threads, at least 1. */
  threads: number
  /** When it started, in a unit of the system: with the PID it names a process for good. */
  started: string
}

/** The process table: from `/proc` on Linux (proc_pid_stat(5)), from ps(1) elsewhere. */
export function processes(): Process[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

/** `pid` and everything that descends from it now, parents before children. */
export function descendants(pid: number, table = processes()): Process[] {
  const family = table.filter((entry) => entry.pid === pid)
  // The array grows while it is walked: that is how the next generation is found.
  for (const parent of family) family.push(...table.filter((entry) => entry.parent === parent.pid))
  return family
}

/** The first child of a single-threaded process, without a walk through the whole table where the kernel knows (proc_tid_children(5)). */
export function firstChild(pid: number): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    return child ? Number(child) : undefined
  } catch {
    return descendants(pid)[1]?.pid
  }
}

/** Sends a signal, also to a process that has just ended by itself. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Kills a process and everything that descends from it now. */
export function killFamily(pid: number): void {
  for (const member of descendants(pid)) signal(member.pid, 'SIGKILL')
}

/** Whether a process of Linux stands still after SIGSTOP, is gone, wants the processor, or waits for something. */
export function stateOf(pid: number): 'stopped' | 'gone' | 'runnable' | 'waiting' {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const letter = stat[stat.lastIndexOf(')') + 2]
    return letter === 'T' ? 'stopped' : letter === 'R' ? 'runnable' : 'waiting'
  } catch {
    return 'gone'
  }
}

/** The value of one environment variable of another process, as it was started; undefined where that cannot be read. */
export function environmentOf(pid: number, name: string): string | undefined {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1)
  } catch {
    return undefined
  }
}

const pageSize = 4096

function fromProc(): Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      // The name, in parentheses, may itself hold blanks and parentheses.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z') return []
      const number = (index: number) => Number(fields[index])
      return {
        pid: Number(entry),
        parent: number(1),
        group: number(2),
        threads: number(17),
        started: fields[19]!,
        resident: number(21) * pageSize,
      }
    } catch {
      return [] // It ended while we read.
    }
  })
}

function fromPs(): Process[] {
  const columns = 'pid=,ppid=,pgid=,rss=,state=,lstart='
  const rows = execFileSync('ps', ['-axo', columns], { encoding: 'utf8' }).trim().split('\n')
  return rows.flatMap((row) => {
    const [pid, parent, group, kilobytes, state, ...started] = row.trim().split(/\s+/)
    if (state!.startsWith('Z')) return []
    const resident = Number(kilobytes) * 1024
    return {
      ...{ pid: Number(pid), parent: Number(parent), group: Number(group) },
      ...{ threads: 1, started: started.join(' '), resident },
    }
  })
}
