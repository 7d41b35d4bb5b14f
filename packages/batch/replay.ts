import { findLesson } from '@socket-dojo/dojo/lessons'
import type { Choice } from '@socket-dojo/sandbox'
import { openJournal } from './journal.ts'
import { type Judged, judgeJob } from './judging.ts'
import { judgeReference } from './reference.ts'
import { suiteOf } from './suite.ts'

/** A grading of the journal, and the same once more. */
export interface Replay {
  before: Judged | undefined
  now: Judged
  /** Another version of the suite judged it then. */
  otherSuite: boolean
}

/**
 * Judges once more what a grading was judged by: the same contents, with the same seed. The journal stays as it is.
 * @throws {UsageError} when the journal has no such grading.
 */
export async function replay(out: string, id: string, choice: Choice): Promise<Replay> {
  const journal = openJournal(out)
  try {
    const job = journal.job(id)
    const suite = await suiteOf(findLesson(job.lesson))
    const checks = await judgeReference(choice, suite)
    const bench = { suite, checks, unsafe: choice.profile === 'plain' }
    const now = await judgeJob(choice, job, bench)
    return { before: journal.get(id)?.judged, now, otherSuite: suite.hash !== job.suite }
  } finally {
    journal.close()
  }
}
