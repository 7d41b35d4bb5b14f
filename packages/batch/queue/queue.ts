import { createHash } from 'node:crypto'
import { lessons } from '@socket-dojo/dojo/lessons'
import type { ConnectionOptions } from 'bullmq'
import { suiteOf } from '../suite.ts'

/**
 * The queue that jobs of this very course are on: it is named after all suites, so that a worker never meets a job of
 * another version.
 */
export async function queueName(): Promise<string> {
  const suites = await Promise.all(lessons().map(suiteOf))
  const hash = createHash('sha256')
  for (const suite of suites) hash.update(suite.hash)
  return `socket-dojo-${hash.digest('hex').slice(0, 12)}`
}

/** A Redis that goes away is waited for: no command fails for that. */
export const connection = (url: string): ConnectionOptions => ({
  url,
  maxRetriesPerRequest: null,
  retryStrategy: (attempt: number) => Math.min(100 * attempt, 2000),
})

/** Tells once each time that Redis goes away, with what the system says. */
export function tellOutages(emitter: Emitter, tell: (what: string) => void): () => void {
  let away = false
  emitter.on('error', (error) => {
    const { code, message } = error as NodeJS.ErrnoException
    if (!away) tell(code ?? message)
    away = true
  })
  return () => (away = false)
}

interface Emitter {
  on: (event: 'error', listener: (error: Error) => void) => unknown
}

/** BullMQ takes no id that is a number. */
export const jobId = (id: string) => `grading-${id}`
