import type { Process } from './processes.ts'

/** All processes of one program, however they descend from it. */
export interface Tree {
  /** How often its memory and processes are counted, in milliseconds. Most programs of a suite end before the first time. */
  readonly lookEvery: number
  /** PID of the program itself, as we see it; undefined before it runs and after it ended. */
  program(): number | undefined
  /** Its processes that are alive now. */
  members(): Process[]
  /** Sends SIGKILL to all of them. */
  kill(): Promise<void>
}
