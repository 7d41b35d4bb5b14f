import { readdirSync, readFileSync } from 'node:fs'

/** A process of a program under test. */
export interface Relative {
  /** As it is numbered here. */
  pid: number
  /** As it is numbered where it runs: a sandbox has numbers of its own. pid_namespaces(7) */
  inner: number
  /** What it was started with; empty where it has ended. */
  command: string[]
  /**
   * Whether it waits for something. Right after exec(2) it does not yet: the dynamic loader runs in it, and opens files
   * of its own. ld.so(8)
   */
  sleeps: boolean
}

/**
 * A process and what descends from it, parents before children; by `/proc`, so nothing where there is none. Each
 * thread has the children that it started: proc_tid_children(5).
 */
export function family(pid: number): Relative[] {
  const relative = look(pid)
  return relative ? [relative, ...children(pid).flatMap(family)] : []
}

function look(pid: number): Relative | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const inner = /^NSpid:.*\s(\d+)$/m.exec(status)?.[1]
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
    return { pid, inner: Number(inner ?? pid), command, sleeps: /^State:\s+S/m.test(status) }
  } catch {
    return undefined
  }
}

function children(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    )
  } catch {
    return []
  }
}
