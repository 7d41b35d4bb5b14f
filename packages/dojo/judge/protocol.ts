import type { Check, Verdict } from '@socket-dojo/testkit/check'
import type { Job } from '@socket-dojo/testkit/job'

/** What a judge is asked, one JSON value a line. */
export interface Request {
  /** The lesson's folder in `packages`. */
  lesson: string
  job: Job
}

/** What a judge answers, in this order: the checks, a verdict for each as it comes, and the end. */
export type Event =
  | { checks: Check[] }
  | { verdict: Verdict }
  /** The judge itself failed: no verdict of this submission counts. */
  | { fault: string }
  | { done: true }
