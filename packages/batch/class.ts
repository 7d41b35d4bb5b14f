import type { Intake, Submitted } from './intake.ts'
import type { Journal, Kept } from './journal.ts'
import { type Deadline, lateness } from './late.ts'
import type { Class, ClassLesson, Learner, Result } from './result.ts'
import type { Suite } from './suite.ts'

/** What a class came to: everybody's submissions, with what the journal has for them. */
export function assemble(
  { submitted, refused }: Intake,
  suites: Suite[],
  journal: Journal,
  everybody: Learner[] | undefined,
  deadline: Deadline | undefined,
): Class {
  const who = everybody ?? [
    ...new Map(submitted.map(({ learner }) => [learner.id, learner])).values(),
  ]
  const place = new Map(who.map(({ id }, index) => [id, index]))
  const results = submitted
    .toSorted(
      (a, b) =>
        place.get(a.learner.id)! - place.get(b.learner.id)! ||
        a.suite.place.number - b.suite.place.number,
    )
    .flatMap((one) => {
      const kept = journal.find(keyOf(one))
      return kept ? [resultOf(one, kept, deadline)] : []
    })
  return {
    schema: 1,
    learners: who,
    lessons: suites.flatMap((suite) => lessonOf(suite, journal)),
    results,
    refused,
  }
}

export const keyOf = ({ learner, suite, submission }: Submitted) => ({
  lesson: suite.place.name,
  suite: suite.hash,
  learner: learner.id,
  content: submission.hash,
})

function resultOf(
  { learner, suite, submission }: Submitted,
  { id, seed, judged }: Kept,
  deadline: Deadline | undefined,
): Result {
  const late = deadline && lateness(submission.time, deadline)
  const { points, maximum } = judged.report
  return {
    schema: 1,
    id,
    learner,
    suite: { lesson: suite.place.name, hash: suite.hash },
    submission,
    points: Math.round(100 * points * (1 - (late?.discount ?? 0))) / 100,
    maximum,
    ...(late && { late }),
    seed,
    ...judged,
  }
}

function lessonOf({ place, lesson, hash }: Suite, journal: Journal): ClassLesson[] {
  const checks = journal.checks(hash)
  if (!checks) return []
  return [
    {
      ...{ name: place.name, number: place.number, title: lesson.title },
      maximum: checks.reduce((sum, { points, skipped }) => sum + (skipped ? 0 : points), 0),
      checks: checks.map(({ skipped: _, ...check }) => check),
    },
  ]
}
