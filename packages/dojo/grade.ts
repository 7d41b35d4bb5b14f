import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Check, Verdict } from '@socket-dojo/testkit/check'
import { prepare, type Problem } from '@socket-dojo/testkit/submission'
import type { Judge } from './judge/judge.ts'
import type { Known } from './known.ts'
import { type LessonPlace, manifest, shortPath, submissionFolder } from './lessons.ts'
import type { Report } from './report/report.ts'
import { UsageError } from './usage.ts'

export interface GradeOptions {
  /** Id of the one check to run. */
  only?: string | undefined
  /** Runs the stretch checks too. Default: false. */
  stretch?: boolean | undefined
  /** Repeats a run. Default: a new one. */
  seed?: string | undefined
  /** Verdicts of earlier gradings: what still holds is not judged again, and what is judged is remembered. Default: none. */
  known?: Known | undefined
  /** Called when a verdict and all before it are there, in the order of the suite: with all of them so far. */
  onVerdict?: (judged: Report['checks']) => void
}

/**
 * Grades one submission. Everything that is judged is judged by this function: a starter, a reference solution, a
 * known-right or known-wrong program, a learner's work and a student's upload. A fault of the grader is in the
 * report, not thrown.
 * @throws {UsageError} when there is no check `only`.
 */
export async function grade(
  judge: Judge,
  lesson: LessonPlace,
  submission: string,
  {
    only,
    stretch = false,
    seed = randomBytes(4).toString('hex'),
    known,
    onVerdict,
  }: GradeOptions = {},
): Promise<Report> {
  const { title, commands = false, files, packages = [] } = await manifest(lesson)
  const { directory, problems, sources, remove } = prepare(submission, { files, packages })
  const solution = submissionFolder(lesson, 'solutions')
  const reference =
    stretch && existsSync(solution) ? prepare(solution, { files, packages }) : undefined
  const verdicts = known?.holding(sources) ?? new Map<string, Verdict>()
  const job = {
    directory,
    problems,
    profile: judge.choice.profile,
    commands,
    seed,
    stretch,
    ...(reference && { reference: reference.directory }),
    ...(only !== undefined && { only }),
    ...(known && { known: [...verdicts.keys()] }),
  }
  const checks: Check[] = []
  let fault: string | undefined
  try {
    const told: Report['checks'] = []
    for await (const event of judge.judge({ lesson: lesson.name, job })) {
      if ('checks' in event) checks.push(...event.checks)
      else verdicts.set(event.verdict.check, event.verdict)
      for (const check of wanted(checks, only).slice(told.length)) {
        const verdict = verdicts.get(check.id)
        if (!verdict) break
        told.push(joined(check, verdict))
        onVerdict?.(told)
      }
    }
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error)
  } finally {
    remove()
    reference?.remove()
  }
  const run = wanted(checks, only)
  if (fault === undefined && only !== undefined && run.length === 0) {
    throw UsageError.unknown(
      'check',
      only,
      checks.map(({ id }) => id),
    )
  }
  fault ??= incomplete(run, verdicts)
  if (fault === undefined) for (const verdict of verdicts.values()) known?.keep(verdict, sources)
  const judged = run.map((check) => joined(check, verdicts.get(check.id) ?? notJudged(check.id)))
  return {
    schema: 1,
    lesson: { name: lesson.name, number: lesson.number, title },
    submission: shortPath(submission),
    points: fault === undefined ? sum(judged.filter(({ outcome }) => outcome === 'passed')) : 0,
    maximum: sum(judged.filter(({ outcome }) => outcome !== 'skipped')),
    checks: judged,
    ...(Object.keys(problems).length > 0 && { problems: kinds(problems) }),
    notes: [],
    sandbox: judge.choice,
    seed,
    ...(fault !== undefined && { fault }),
  }
}

const wanted = (checks: Check[], only: string | undefined) =>
  checks.filter(({ id }) => only === undefined || id === only)

const sum = (checks: Check[]) => checks.reduce((total, { points }) => total + points, 0)

/** A verdict for each check: anything less is the grader's fault, and never 0 points. */
function incomplete(checks: Check[], verdicts: Map<string, Verdict>): string | undefined {
  if (checks.length === 0) return 'Expected the suite to have checks, found none'
  const missing = checks.filter(({ id }) => !verdicts.has(id)).map(({ id }) => id)
  return missing.length > 0
    ? `Expected a verdict for every check, found none for ${missing.join(', ')}`
    : undefined
}

const kinds = (problems: Record<string, Problem>) =>
  Object.fromEntries(Object.entries(problems).map(([file, { kind }]) => [file, kind]))

function joined(check: Check, { check: _, ...verdict }: Verdict) {
  return { ...check, ...verdict }
}

const notJudged = (id: string): Verdict => ({
  check: id,
  outcome: 'not run',
  steps: [],
  milliseconds: 0,
})
