import type { Language } from '@socket-dojo/testkit/text'
import { csv } from '../csv.ts'
import { byLearner, isJudged, submitted } from '../of-learner.ts'
import type { Class } from '../result.ts'
import { lessonTitle } from '../story.ts'

/**
 * Grades for Moodle's import as CSV: one user column, `idnumber`, and a column for each lesson. A person whom Moodle
 * does not know, or a grade over the maximum of its item, ends the import: only who was judged is in it. An empty cell is no grade.
 * https://docs.moodle.org/en/Grade_import
 */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  const header = ['idnumber', ...results.lessons.map((lesson) => lessonTitle(lesson)[language])]
  const judged = byLearner(results).filter((work) =>
    submitted(work).some(({ result }) => isJudged(result)),
  )
  const rows = judged.map(({ learner, lessons }) => [
    learner.id,
    ...lessons.map(({ result }) => (result && isJudged(result) ? result.points : '')),
  ])
  yield ['moodle/grades.csv', csv([header, ...rows])]
}
