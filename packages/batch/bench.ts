import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LessonPlace, lessons, manifest, root } from '@socket-dojo/dojo/lessons'
import { descendants } from '@socket-dojo/sandbox'
import { prepare } from '@socket-dojo/testkit/submission'
import { Worker } from 'bullmq'
import { makeClass } from './cohort.ts'
import type { Judged } from './judging.ts'
import { byQueue } from './queue/producer.ts'
import { connection, queueName } from './queue/queue.ts'
import { Redis } from './redis.ts'

/** What grading a class took. */
export interface Cost {
  gradings: number
  seconds: number
  /** Most resident memory of all processes of it at one time, in MiB: pages that they share count for each. */
  memory: number
}

/** Grades a class of `size` by `pnpm grade`: 4 lessons each, `jobs` gradings at a time. */
export async function gradingCost(size: number, jobs: number): Promise<Cost> {
  return inFolder(size, async (folder, gradings) => {
    const words = [
      'grade',
      join(folder, 'in'),
      '--out',
      join(folder, 'out'),
      '--jobs',
      String(jobs),
    ]
    return { gradings, ...(await costOf([join(root, 'packages/dojo/dojo.mjs'), ...words])) }
  })
}

/** The usual way: one `vitest run` process for each submission and lesson, one after the other, without a sandbox. */
export async function usualCost(size: number): Promise<Cost> {
  return inFolder(size, async (folder, gradings) => {
    const total: Cost = { gradings, seconds: 0, memory: 0 }
    for (let index = 1; index <= size; index++) {
      for (const place of lessons()) {
        const submission = join(
          folder,
          'in',
          `learner-${String(index).padStart(3, '0')}`,
          place.name,
        )
        const { seconds, memory } = await vitestRun(place, submission, folder)
        total.seconds += seconds
        total.memory = Math.max(total.memory, memory)
      }
    }
    return total
  })
}

/** Milliseconds that one job spends on a queue with a worker that does nothing: BullMQ, Redis, and our own part. */
export async function queueOverhead(jobs: number): Promise<number> {
  const redis = await Redis.start()
  const nothing = { status: 'graded', report: {} } as unknown as Judged
  const worker = new Worker(await queueName(), async () => nothing, {
    connection: connection(redis.url),
    concurrency: 4,
  })
  const ids = Array.from({ length: jobs }, (_, index) => `bench-${index}`)
  const files = { 'echo.ts': 'x'.repeat(4000) }
  const started = performance.now()
  await byQueue(redis.url, () => {})(
    ids,
    (id) => ({ id, lesson: 'none', suite: '', seed: '', files }),
    () => {},
  )
  const milliseconds = (performance.now() - started) / jobs
  await worker.close()
  await redis.close()
  return milliseconds
}

async function inFolder(
  size: number,
  work: (folder: string, gradings: number) => Promise<Cost>,
): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-bench-'))
  mkdirSync(join(folder, 'in'))
  try {
    const all = await makeClass(join(folder, 'in'), size, lessons(), {
      hostile: false,
      compressed: false,
    })
    return await work(folder, all.length)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function vitestRun(place: LessonPlace, submission: string, folder: string) {
  const { files, packages = [], commands = false } = await manifest(place)
  const { directory, problems, remove } = prepare(submission, { files, packages })
  const job = { directory, problems, profile: 'plain', commands, seed: '1' }
  const config = join(folder, 'vitest.config.mjs')
  const test = {
    include: [`${place.name}/suite/index.test.ts`],
    testTimeout: 60_000,
    provide: { job },
  }
  writeFileSync(config, `export default ${JSON.stringify({ root: join(root, 'packages'), test })}`)
  try {
    return await costOf([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config])
  } finally {
    remove()
  }
}

/** Runs a Node program to its end. */
async function costOf(words: string[]): Promise<Omit<Cost, 'gradings'>> {
  const started = performance.now()
  const child = spawn(process.execPath, words, { cwd: root, stdio: 'ignore' })
  let memory = 0
  const look = setInterval(() => {
    const resident = descendants(child.pid!).reduce((sum, one) => sum + one.resident, 0)
    memory = Math.max(memory, resident / 1024 / 1024)
  }, 250)
  await once(child, 'exit')
  clearInterval(look)
  return { seconds: (performance.now() - started) / 1000, memory: Math.round(memory) }
}
