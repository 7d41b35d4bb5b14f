import type { Check, Verdict } from '@socket-dojo/testkit/check'
import type { Problem } from '@socket-dojo/testkit/submission'
import type { Text } from '@socket-dojo/testkit/text'

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
  checks: (Check & Omit<Verdict, 'check'>)[]
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

/** Whether everything that was run has passed. */
export const allPassed = (report: Report) =>
  report.fault === undefined &&
  report.checks.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped')
