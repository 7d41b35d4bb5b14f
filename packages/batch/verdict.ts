import type { Report } from '@socket-dojo/dojo/report/report'
import type { Check } from '@socket-dojo/testkit/check'
import type { Limit, Status } from './result.ts'

/**
 * Why a report is no verdict; undefined where it is one. Its checks have to be those that the reference solution was
 * judged by, all of them and no other; and one that could be judged there can be judged here.
 */
export function whyNoVerdict(report: Report, expected: ExpectedCheck[]): string | undefined {
  if (report.fault !== undefined) return report.fault
  const [ids, wanted] = [report.checks, expected].map((checks) => checks.map(({ id }) => id))
  if (ids!.join() !== wanted!.join())
    return `Expected the checks ${wanted!.join(', ')}, found ${ids!.join(', ')}`
  const skipped = report.checks.filter(
    ({ outcome }, index) => outcome === 'skipped' && !expected[index]!.skipped,
  )
  return skipped.length > 0
    ? `Expected a verdict for every check, found ${skipped.map(({ id }) => id).join(', ')} skipped`
    : undefined
}

/** A check as the reference solution was judged by it. */
export interface ExpectedCheck extends Check {
  /** This machine cannot run it: only ever so where there is no sandbox. */
  skipped?: true
}

/** What a grading came to: see `Status`. */
export function statusOf(report: Report): Status {
  if (report.fault !== undefined) return 'grader_error'
  const problems = Object.values(report.problems ?? {})
  if (problems.includes('missing')) return 'missing_file'
  if (problems.length > 0) return 'compile_error'
  const limits = limitsOf(report)
  if (limits.some((limit) => limit !== 'time')) return 'resource_limit'
  const outcomes = report.checks.map(({ failure }) => failure?.outcome)
  if (limits.length > 0 || outcomes.includes('silent')) return 'timeout'
  return outcomes.includes('exited') ? 'crash' : 'graded'
}

/** The limits that programs of the submission met, each once. */
export const limitsOf = (report: Report): Limit[] => [
  ...new Set(report.checks.flatMap((check) => check.limits ?? [])),
]
