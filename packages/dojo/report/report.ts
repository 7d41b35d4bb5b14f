import type { Check, Verdict } from '@socket-dojo/testkit/check'
import type { Problem } from '@socket-dojo/testkit/submission'
import type { Text } from '@socket-dojo/testkit/text'

/** A check with what was found. */
export type Judged = Check & Omit<Verdict, 'check'>

/** All verdicts of one submission, as plain data. Renderers make text, JSON and other formats of it. */
export interface Report {
  /** Version of this shape: `report.schema.json`. */
  schema: 1
  lesson: { name: string; number: number; title: Text }
  /** The submission's folder, as it was given. */
  submission: string
  /** Points earned, and the most that can be. */
  points: number
  maximum: number
  checks: Judged[]
  /** Files that are not there or cannot run as they are, by their names; absent where there are none. */
  problems?: Record<string, Problem['kind']>
  /** Type errors and the like: said, and worth no points. */
  notes: Text[]
  sandbox: { profile: 'bwrap' | 'plain'; reason?: string }
  /** Repeats the run: all its random values come from it. */
  seed: string
  /** The grader's own fault: no verdict counts. */
  fault?: string
}

/** Whether everything that was run has passed. A stretch check is no part of that. */
export const allPassed = (report: Report) =>
  report.fault === undefined &&
  report.checks.every(
    ({ outcome, stretch }) => stretch || outcome === 'passed' || outcome === 'skipped',
  )

/** Of a command that has judged: 0 all passed, 1 not yet, 3 the grader's own fault. */
export function exitStatus(reports: Report[]): 0 | 1 | 3 {
  if (reports.some(({ fault }) => fault !== undefined)) return 3
  return reports.every(allPassed) ? 0 : 1
}
