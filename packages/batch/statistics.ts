import type { Check } from '@socket-dojo/testkit/check'
import { byLearner, isJudged } from './of-learner.ts'
import type { Class, ClassLesson, Learner, Result } from './result.ts'

/** How a class did in one lesson. */
export interface LessonFigures {
  lesson: ClassLesson
  /** How many were judged; who submitted nothing, or could not be judged, is not among them. */
  judged: number
  /** Middle of their points. */
  median: number
  /** How many have every point. */
  full: number
  checks: CheckFigures[]
}

/** How a class did in one check: numbers of learners. */
export interface CheckFigures {
  lesson: ClassLesson
  check: Check
  passed: number
  failed: number
  /** It rests on a check that failed. */
  notRun: number
}

export function lessonFigures({ lessons, results }: Class): LessonFigures[] {
  return lessons.map((lesson) => {
    const judged = results.filter((one) => one.suite.lesson === lesson.name && isJudged(one))
    const points = judged.map((one) => one.points).toSorted((a, b) => a - b)
    return {
      lesson,
      judged: judged.length,
      median: ((points[(points.length - 1) >> 1] ?? 0) + (points[points.length >> 1] ?? 0)) / 2,
      full: judged.filter(({ points: earned, maximum }) => earned === maximum).length,
      checks: checkFigures(lesson, judged),
    }
  })
}

function checkFigures(lesson: ClassLesson, judged: Result[]): CheckFigures[] {
  const outcomes = new Map<string, number>()
  for (const { report } of judged)
    for (const { id, outcome } of report.checks)
      outcomes.set(`${outcome} ${id}`, (outcomes.get(`${outcome} ${id}`) ?? 0) + 1)
  return lesson.checks.map((check) => {
    const count = (outcome: string) => outcomes.get(`${outcome} ${check.id}`) ?? 0
    return {
      lesson,
      check,
      passed: count('passed'),
      failed: count('failed'),
      notRun: count('not run'),
    }
  })
}

/** Checks at which most failed, the worst first. What was not run is the fault of another check. */
export function mostFailed(figures: LessonFigures[], most = 10): CheckFigures[] {
  return figures
    .flatMap(({ checks }) => checks)
    .filter(({ failed }) => failed > 0)
    .toSorted((a, b) => b.failed - a.failed)
    .slice(0, most)
}

/** A learner who submitted something for a lesson and has less than half of its points. */
export interface Stuck {
  learner: Learner
  lesson: ClassLesson
  result: Result
  /** The first check that failed: where help is needed. */
  at?: Check
}

/** Who is stuck, the fewest points first. */
export function stuck(results: Class): Stuck[] {
  const all = byLearner(results).flatMap(({ learner, lessons }) =>
    lessons.flatMap(({ lesson, result }): Stuck[] => {
      if (!result || !isJudged(result) || result.report.points * 2 >= result.maximum) return []
      const at = result.report.checks.find(({ outcome }) => outcome === 'failed')
      return [{ learner, lesson, result, ...(at && { at }) }]
    }),
  )
  const share = ({ result }: Stuck) => result.report.points / result.maximum
  return all.toSorted((a, b) => share(a) - share(b))
}

/** Who submitted nothing at all. */
export const absent = (results: Class): Learner[] =>
  byLearner(results)
    .filter(({ lessons }) => lessons.every(({ result }) => !result))
    .map(({ learner }) => learner)
