import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { grade } from '@socket-dojo/dojo/grade'
import { submissionFolder } from '@socket-dojo/dojo/lessons'
import type { Report } from '@socket-dojo/dojo/report/report'
import type { Choice } from '@socket-dojo/sandbox'
import { BatchFault } from './fault.ts'
import type { Suite } from './suite.ts'
import { twice } from './twice.ts'
import type { ExpectedCheck } from './verdict.ts'

/**
 * Judges the reference solution of a lesson, before any learner's work: it has to get every point. Returns the checks
 * that it was judged by: every later verdict has to have exactly these.
 * @throws {BatchFault} when it does not, or when the suite has lost a check.
 */
export async function judgeReference(choice: Choice, suite: Suite): Promise<ExpectedCheck[]> {
  const solution = submissionFolder(suite.place, 'solutions')
  const report = await twice(
    choice,
    (judge) => grade(judge, suite.place, solution),
    ({ fault }) => fault !== undefined,
  )
  const problem = problemOf(report, suite, choice)
  if (problem !== undefined) {
    throw new BatchFault({
      en: `${suite.place.name} cannot be graded: ${problem}. Nobody was judged.`,
      ja: `${suite.place.name} は採点できません: ${problem}。採点は 1 件も行っていません。`,
    })
  }
  return report.checks.map(({ id, title, points, restsOn, outcome }) => ({
    ...{ id, title, points, ...(restsOn !== undefined && { restsOn }) },
    ...(outcome === 'skipped' && { skipped: true as const }),
  }))
}

function problemOf(report: Report, suite: Suite, { profile }: Choice): string | undefined {
  if (report.fault !== undefined) return report.fault.split('\n')[0]
  const ids = new Set(report.checks.map(({ id }) => id))
  const lost = knownChecks(suite).filter((id) => !ids.has(id))
  if (lost.length > 0) return `its suite has lost the checks ${lost.join(', ')}`
  const named = (wanted: string[]) =>
    report.checks.filter(({ outcome }) => wanted.includes(outcome)).map(({ id }) => id)
  const failed = named(['failed', 'not run'])
  if (failed.length > 0) return `its own reference solution fails ${failed.join(', ')}`
  const skipped = profile === 'bwrap' ? named(['skipped']) : []
  return skipped.length > 0 ? `this machine cannot judge ${skipped.join(', ')}` : undefined
}

/** The checks that have wrong programs: their folders are a list that does not come from the suite itself. */
function knownChecks({ place }: Suite): string[] {
  const folder = join(place.folder, 'wrong')
  return existsSync(folder) ? readdirSync(folder) : []
}
