import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { grade } from '@socket-dojo/dojo/grade'
import type { Judge } from '@socket-dojo/dojo/judge/judge'
import type { Report } from '@socket-dojo/dojo/report/report'
import type { Choice } from '@socket-dojo/sandbox'
import { layOut } from './intake/take.ts'
import type { Result } from './result.ts'
import type { Suite } from './suite.ts'
import { twice } from './twice.ts'
import { type ExpectedCheck, limitsOf, statusOf, whyNoVerdict } from './verdict.ts'
import { versions } from './versions.ts'

/** One grading to do. Plain data: it may travel to another machine. */
export interface Job {
  /** 12 hexadecimal digits. */
  id: string
  lesson: string
  /** Hash of the suite. */
  suite: string
  seed: string
  /** Contents by file name, base64. */
  files: Record<string, string>
}

/** What came of it: what a result says that has not to do with who submitted, and when. */
export type Judged = Pick<
  Result,
  'status' | 'report' | 'limits' | 'sandbox' | 'versions' | 'started' | 'ended'
>

/** What a job is judged by. */
export interface Bench {
  suite: Suite
  checks: ExpectedCheck[]
  /** Judged without a sandbox, because that was asked for. */
  unsafe: boolean
}

/** Judges one job, in namespaces of its own. Where our own faults do not end it is a `grader_error`. */
export const judgeJob = (choice: Choice, job: Job, bench: Bench): Promise<Judged> =>
  twice(
    choice,
    (judge) => judgeOnce(judge, job, bench),
    ({ status }) => status === 'grader_error',
  )

async function judgeOnce(
  judge: Judge,
  { lesson, files, seed }: Job,
  { suite, checks, unsafe }: Bench,
): Promise<Judged> {
  const started = new Date().toISOString()
  const contents = Object.entries(files).map(([name, text]) => [name, Buffer.from(text, 'base64')])
  const folder = layOut(Object.fromEntries(contents) as Record<string, Buffer>, lesson)
  try {
    const report = withoutPlace(await grade(judge, suite.place, folder, { seed }))
    const fault = whyNoVerdict(report, checks)
    const whole = fault === undefined ? report : { ...report, points: 0, fault }
    return {
      status: statusOf(whole),
      report: whole,
      limits: limitsOf(whole),
      sandbox: { ...whole.sandbox, ...(unsafe && { unsafe }) },
      versions: versions(),
      started,
      ended: new Date().toISOString(),
    }
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true })
  }
}

/** Where it lay on this machine, for a moment, is nothing for a report. */
const withoutPlace = (report: Report): Report => ({ ...report, submission: report.lesson.name })
