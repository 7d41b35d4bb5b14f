import type { Report } from '@socket-dojo/dojo/report/report'
import type { Check } from '@socket-dojo/testkit/check'
import type { Text } from '@socket-dojo/testkit/text'

/** What a class came to: all that the formats for other systems are made of. */
export interface Class {
  /** Version of this shape: `result.schema.json`. */
  schema: 1
  /** Everybody of the roster, or who submitted where there is none, in the order of the roster or of the ids. */
  learners: Learner[]
  /** The lessons that were graded, in their order. */
  lessons: ClassLesson[]
  /**
   * One for each learner and lesson that something was submitted for, sorted like `learners` and `lessons`. Where
   * there is none, nothing was submitted.
   */
  results: Result[]
  /** Submissions that could not be taken in, each with the reason: nobody was judged for them. */
  refused: { source: string; why: Text }[]
}

/** Who submits. The texts are a stranger's: anything may stand in them but control characters. */
export interface Learner {
  /** Unique in the class. */
  id: string
  name?: string
  email?: string
  /** User name at GitHub. */
  github?: string
}

/** A lesson, as its reference solution was judged before the class was. */
export interface ClassLesson {
  /** `lesson-2-tcp-server` */
  name: string
  number: number
  title: Text
  /** The points of all checks. */
  maximum: number
  /** All checks of the suite, in its order. Each verdict has exactly these. */
  checks: Check[]
}

/**
 * What a grading came to, the first that holds. All but `grader_error` are verdicts, and their points count.
 * - `grader_error`: the grader failed, twice. It is no verdict: never 0 points, but none yet.
 * - `missing_file`: a file of the lesson is not there, or was not taken in.
 * - `compile_error`: a file does not parse, or has TypeScript that cannot be erased.
 * - `resource_limit`: a program met a limit of memory, processes or output, and a check failed.
 * - `timeout`: something that was waited for did not come.
 * - `crash`: a program ended that should not have, or otherwise than it should.
 * - `graded`: none of these.
 */
export type Status =
  | 'graded'
  | 'compile_error'
  | 'missing_file'
  | 'crash'
  | 'timeout'
  | 'resource_limit'
  | 'grader_error'

/** The grading of one learner's submission for one lesson. */
export interface Result {
  /** Version of this shape: `result.schema.json`. */
  schema: 1
  /** Names this grading: `pnpm grade replay <id>` repeats it. 12 hexadecimal digits. */
  id: string
  learner: Learner
  /** The lesson, and the hash (SHA-256, hexadecimal) of its suite and of all that judges with it. */
  suite: { lesson: string; hash: string }
  submission: Submission
  status: Status
  /** What counts: what was earned, less a discount for being late. With 2 decimals at most; 0 for a `grader_error`. */
  points: number
  maximum: number
  /** Only where it came after the deadline. */
  late?: Late
  /** All checks with their verdicts. Its `fault` is there for a `grader_error` only. */
  report: Report
  /** Limits that programs of the submission met, each once. */
  limits: Limit[]
  sandbox: Report['sandbox'] & {
    /** It was judged without a sandbox, because that was asked for: whoever wrote it could have forged it. */
    unsafe?: true
  }
  /** Repeats the grading: all its random values come from it. */
  seed: string
  versions: { node: string; vitest: string; system: string; bubblewrap?: string }
  /** When the judging began and ended, as ISO 8601 in UTC. */
  started: string
  ended: string
}

/** What was taken in. */
interface Submission {
  /** File or folder that it came from, relative to the folder of submissions. */
  source: string
  /** SHA-256 of the names and contents that were taken, hexadecimal. */
  hash: string
  /** When it was handed in, ISO 8601 in UTC: the time of the archive, of the newest file, or of the commit. */
  time: string
  /** Names of the files that were taken. */
  files: string[]
  /** What was not taken, and why: links, devices, what is too large. */
  notes: Text[]
}

/** How late, and what that costs. */
export interface Late {
  /** ISO 8601 in UTC. */
  deadline: string
  /** Seconds after it. */
  seconds: number
  /** Part of the earned points that it costs, from 0 to 1. */
  discount: number
}

/** Limits of the sandbox that a program can meet. */
export type Limit = 'time' | 'memory' | 'output' | 'processes' | 'files'
