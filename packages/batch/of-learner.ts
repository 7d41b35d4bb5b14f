import type { Class, ClassLesson, Learner, Result } from './result.ts'

/** What a learner has of one lesson; no result where nothing was submitted. */
export interface LearnersLesson {
  lesson: ClassLesson
  result?: Result
}

/** All lessons of one learner. */
export interface LearnersWork {
  learner: Learner
  lessons: LearnersLesson[]
}

/** The class learner by learner. */
export function byLearner({ learners, lessons, results }: Class): LearnersWork[] {
  const key = (learner: string, lesson: string) => JSON.stringify([learner, lesson])
  const found = new Map(results.map((one) => [key(one.learner.id, one.suite.lesson), one]))
  return learners.map((learner) => ({
    learner,
    lessons: lessons.map((lesson) => {
      const result = found.get(key(learner.id, lesson.name))
      return { lesson, ...(result && { result }) }
    }),
  }))
}

/** What was submitted, judged or not. */
export function submitted({ lessons }: LearnersWork): { lesson: ClassLesson; result: Result }[] {
  return lessons.flatMap(({ lesson, result }) => (result ? [{ lesson, result }] : []))
}

/** Whether there is a verdict, whose points count. */
export const isJudged = ({ status }: Result) => status !== 'grader_error'

/** Points, with 2 decimals at most. */
export const sum = (values: number[]) =>
  Math.round(100 * values.reduce((total, value) => total + value, 0)) / 100
