import type { Language } from '@socket-dojo/testkit/text'
import { csv } from '../csv.ts'
import { byLearner, isJudged } from '../of-learner.ts'
import type { Class } from '../result.ts'
import { lessonTitle, nameOf } from '../story.ts'

/**
 * The gradebook of Canvas as CSV: a column for each lesson, a row for each learner. Canvas finds people by `SIS User
 * ID`, which here is the id of the roster, else by `SIS Login ID`, the e-mail. A title without the number of its
 * assignment makes a new one, or is matched by hand at the import. An empty cell changes nothing: nothing was
 * submitted, or the grader failed.
 * https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
 */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  const titles = results.lessons.map((lesson) => lessonTitle(lesson)[language])
  const header = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', ...titles]
  const possible = [
    '    Points Possible',
    '',
    '',
    '',
    '',
    ...results.lessons.map(({ maximum }) => maximum),
  ]
  const rows = byLearner(results).map(({ learner, lessons }) => [
    nameOf(learner),
    '',
    learner.id,
    learner.email ?? '',
    '',
    ...lessons.map(({ result }) => (result && isJudged(result) ? result.points : '')),
  ])
  yield ['canvas/grades.csv', csv([header, possible, ...rows])]
}
