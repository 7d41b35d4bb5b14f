import type { ChildProcess } from 'node:child_process'
import { descendants, environmentOf, type Process, processes, signal } from './processes.ts'
import type { Tree } from './tree.ts'

/** Environment variable by which descendants are known that left the process group and lost their parent. */
export const markName = 'DOJO_PROGRAM'

/**
 * The processes of a plain child: its process group, its descendants, and (on Linux) whatever carries its mark.
 * A daemon that clears its environment between two looks can get away: that is what bubblewrap is for.
 */
export class PlainTree implements Tree {
  readonly lookEvery = 250
  readonly #child: ChildProcess
  readonly #mark: string
  readonly #seen = new Set<string>()

  constructor(child: ChildProcess, mark: string) {
    this.#child = child
    this.#mark = mark
  }

  program(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null
      ? this.#child.pid
      : undefined
  }

  members(): Process[] {
    const root = this.#child.pid
    if (root === undefined) return []
    const table = processes()
    const family = new Set(descendants(root, table))
    const members = table.filter(
      (entry) =>
        entry.group === root ||
        family.has(entry) ||
        this.#seen.has(nameOf(entry)) ||
        environmentOf(entry.pid, markName) === this.#mark,
    )
    for (const member of members) this.#seen.add(nameOf(member))
    return members
  }

  async kill(): Promise<void> {
    // Again until a look finds nobody: between a look and its signals, one of them may have forked.
    for (let members = this.members(); members.length > 0; members = this.members()) {
      for (const { pid } of members) signal(pid, 'SIGKILL')
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

/** A PID alone may have been given to somebody else since. */
const nameOf = ({ pid, started }: Process) => `${pid} ${started}`
