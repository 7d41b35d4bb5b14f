import { setTimeout as sleep } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { BatchFault } from '../fault.ts'
import type { Job, Judged } from '../judging.ts'
import type { Judging } from '../local.ts'
import { connection, jobId, queueName, tellOutages } from './queue.ts'

/**
 * Has jobs judged by the workers of a queue. The journal knows what is to be done and what is done; Redis only carries
 * it. So a Redis that comes back empty is filled again, and a job leaves it only when its result is in the journal.
 */
export function byQueue(url: string, tell: (what: string) => void): Judging {
  return async (ids, job, done) => {
    const queue = new Queue<Job, Judged>(await queueName(), { connection: connection(url) })
    const back = tellOutages(queue, tell)
    try {
      const waiting = [...ids]
      const failures = new Map<string, number>()
      const present = new Set<string>()
      while (waiting.length > 0 || present.size > 0) {
        while (waiting.length > 0 && present.size < most) present.add(waiting.shift()!)
        const results = await Promise.all([...present].map((id) => look(queue, id, job, failures)))
        for (const [index, id] of [...present].entries()) {
          const judged = results[index]
          if (judged === undefined) continue
          done(id, judged)
          await queue.remove(jobId(id))
          present.delete(id)
        }
        back()
        if (!results.some((judged) => judged !== undefined)) await sleep(lookEvery)
      }
    } finally {
      await queue.close()
    }
  }
}

/** Jobs that are on the queue at a time: enough for many workers, and little for Redis. */
const most = 200
const lookEvery = 200

/** What came of a job; undefined while it is not done. A job that Redis does not know is put there. */
async function look(
  queue: Queue<Job, Judged>,
  id: string,
  job: (id: string) => Job,
  failures: Map<string, number>,
): Promise<Judged | undefined> {
  const state = await queue.getJobState(jobId(id))
  if (state === 'unknown') await add(queue, job(id))
  if (state !== 'completed' && state !== 'failed') return undefined
  const found = await queue.getJob(jobId(id))
  if (!found || state === 'completed') return found?.returnvalue
  const failed = (failures.get(id) ?? 0) + 1
  failures.set(id, failed)
  if (failed >= 3) throw failing(id, found.failedReason)
  await queue.remove(jobId(id))
  return undefined
}

async function add(
  queue: Queue<Job, Judged>,
  { id, lesson, suite, seed, files }: Job,
): Promise<void> {
  await queue.add(lesson, { id, lesson, suite, seed, files }, { jobId: jobId(id) })
}

const failing = (id: string, reason: string) =>
  new BatchFault({
    en: `The workers failed three times at grading ${id}: ${reason}. What was graded is kept.`,
    ja: `採点 ${id} はワーカーで 3 回失敗しました: ${reason}。採点済みの結果は残っています。`,
  })
