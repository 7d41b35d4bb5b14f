import { findLesson } from '@socket-dojo/dojo/lessons'
import type { Choice } from '@socket-dojo/sandbox'
import { Worker } from 'bullmq'
import { type Bench, type Job, type Judged, judgeJob } from '../judging.ts'
import { judgeReference } from '../reference.ts'
import { suiteOf } from '../suite.ts'
import { connection, queueName, tellOutages } from './queue.ts'

export interface WorkerOptions {
  /** `redis://127.0.0.1:6379` */
  url: string
  choice: Choice
  unsafe: boolean
  /** Gradings at a time. */
  jobs: number
  /** Told in a line: that it has begun, what was judged, that Redis is away. */
  tell: (line: string) => void
}

/**
 * Takes jobs from a queue and judges them, until its process ends. BullMQ keeps the result in Redis in the same step
 * that acknowledges the job. A worker that dies loses its lock, and another one judges the job. Before its first job
 * of a lesson it judges the reference solution.
 * @returns when it can go on no more.
 * @throws {BatchFault} when a reference solution fails on this machine.
 */
export async function work({ url, choice, unsafe, jobs, tell }: WorkerOptions): Promise<never> {
  const broken = Promise.withResolvers<never>()
  const benches = new Benches(choice, unsafe)
  const judge = async ({ data }: { data: Job }): Promise<Judged> => {
    const bench = await benches.for(data.lesson).catch((error: unknown) => {
      broken.reject(error)
      throw error
    })
    const judged = await judgeJob(choice, data, bench)
    tell(`${data.id} ${data.lesson} ${judged.status}`)
    return judged
  }
  const worker = new Worker<Job, Judged>(await queueName(), judge, {
    connection: connection(url),
    concurrency: jobs,
    lockDuration: 20_000, // Renewed while the worker lives, however long a grading takes.
    stalledInterval: 5_000,
    maxStalledCount: 20, // A worker that is killed is no reason to give a job up.
  })
  const back = tellOutages(worker, tell)
  worker.on('active', back)
  await Promise.race([worker.waitUntilReady(), broken.promise])
  tell(`ready, ${jobs} at a time`)
  return broken.promise
}

/** What lessons are judged by, each found out once. */
class Benches {
  readonly #known = new Map<string, Promise<Bench>>()
  readonly #choice: Choice
  readonly #unsafe: boolean

  constructor(choice: Choice, unsafe: boolean) {
    this.#choice = choice
    this.#unsafe = unsafe
  }

  for(lesson: string): Promise<Bench> {
    let bench = this.#known.get(lesson)
    if (!bench) this.#known.set(lesson, (bench = this.#make(lesson)))
    return bench
  }

  async #make(lesson: string): Promise<Bench> {
    const suite = await suiteOf(findLesson(lesson))
    const checks = await judgeReference(this.#choice, suite)
    return { suite, checks, unsafe: this.#unsafe }
  }
}
