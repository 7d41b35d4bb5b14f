import type { Judged } from '@socket-dojo/dojo/report/report'
import type { Language } from '@socket-dojo/testkit/text'
import { fileNames } from '../file-names.ts'
import { byLearner, isJudged, submitted, sum } from '../of-learner.ts'
import type { Class, Result } from '../result.ts'
import { lessonTitle, remarks, story } from '../story.ts'

/**
 * Gradescope's `results.json`, one for each learner who submitted something.
 * A score at the top overrides those of the tests: it is the one that counts, less a discount. Where the grader
 * failed there is no file: Gradescope shows that as a failure of the autograder, and gives no score.
 * https://gradescope-autograders.readthedocs.io/en/latest/specs/
 */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  const names = fileNames(results.learners)
  for (const work of byLearner(results)) {
    const own = submitted(work)
    if (own.length === 0 || !own.every(({ result }) => isJudged(result))) continue
    yield [
      `gradescope/${names.get(work.learner.id)}/results.json`,
      `${JSON.stringify(gradescope(own, language), null, 2)}\n`,
    ]
  }
}

function gradescope(own: ReturnType<typeof submitted>, language: Language) {
  const all = own.map(({ result }) => result)
  const seconds = all.map(({ started, ended }) => (Date.parse(ended) - Date.parse(started)) / 1000)
  const output = own.flatMap(({ lesson, result }) =>
    remarks(result).map((text) => `${lessonTitle(lesson)[language]}: ${text[language]}`),
  )
  return {
    score: sum(all.map(({ points }) => points)),
    execution_time: Math.ceil(sum(seconds)), // Whole seconds are what it takes.
    output: output.join('\n'),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests: own.flatMap(({ lesson, result }) =>
      result.report.checks.map((check, index) => ({
        number: `${lesson.number}.${index + 1}`,
        ...test(result, check, language),
        tags: [lesson.name],
      })),
    ),
  }
}

/** A skipped check has no points: this machine could not run it. */
function test({ report }: Result, check: Judged, language: Language) {
  const { title, points, outcome, heldOut } = check
  const passed = outcome === 'passed'
  return {
    name: title[language],
    ...(outcome !== 'skipped' && { score: passed ? points : 0, max_score: points }),
    ...(outcome !== 'skipped' && { status: passed ? 'passed' : 'failed' }),
    output: story(report, check, language),
    output_format: 'text',
    visibility: heldOut ? 'hidden' : 'visible',
  }
}
