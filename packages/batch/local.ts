import type { Choice } from '@socket-dojo/sandbox'
import { type Bench, type Job, type Judged, judgeJob } from './judging.ts'

/** Where jobs are judged: here, or by workers of a queue. */
export type Judging = (
  ids: string[],
  job: (id: string) => Job,
  done: (id: string, judged: Judged) => void,
) => Promise<void>

/** Judges jobs on this machine, `width` at a time. */
export function locally(choice: Choice, width: number, benchFor: (job: Job) => Bench): Judging {
  return async (ids, job, done) => {
    const queue = ids.values()
    const lane = async (): Promise<void> => {
      for (const id of queue) {
        const one = job(id)
        done(id, await judgeJob(choice, one, benchFor(one)))
      }
    }
    await Promise.all(Array.from({ length: width }, lane))
  }
}
