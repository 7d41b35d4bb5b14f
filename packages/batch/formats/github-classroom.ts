import type { Judged } from '@socket-dojo/dojo/report/report'
import { same, type Language, type Text } from '@socket-dojo/testkit/text'
import { fileNames } from '../file-names.ts'
import { byLearner, isJudged, submitted, sum } from '../of-learner.ts'
import type { Class, ClassLesson, Result } from '../result.ts'
import { lessonTitle, remarks, story } from '../story.ts'

/**
 * What a runner of GitHub Classroom sets as its output `result`: JSON in base64, one for each learner who submitted
 * something. The reporter adds up the scores of the tests, so a discount is a test of its own, with a negative score;
 * where the grader failed, `max_score` is 0, and the reporter counts nothing.
 * https://github.com/classroom-resources/autograding-grading-reporter
 */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  const names = fileNames(results.learners)
  for (const work of byLearner(results)) {
    const own = submitted(work)
    if (own.length === 0) continue
    const json = JSON.stringify(runner(own, language))
    yield [
      `github-classroom/${names.get(work.learner.id)}.txt`,
      `${Buffer.from(json).toString('base64')}\n`,
    ]
  }
}

function runner(own: ReturnType<typeof submitted>, language: Language) {
  const all = own.map(({ result }) => result)
  const judged = all.every(isJudged)
  const passed = all.every(({ report }) =>
    report.checks.every(({ outcome }) => outcome === 'passed' || outcome === 'skipped'),
  )
  return {
    version: 1,
    status: !judged ? 'error' : passed ? 'pass' : 'fail',
    max_score: judged ? sum(all.map(({ maximum }) => maximum)) : 0,
    tests: own.flatMap(({ lesson, result }) => tests(lesson, result, language)),
  }
}

function tests(lesson: ClassLesson, result: Result, language: Language) {
  const prefix = lessonTitle(lesson)[language]
  const judged = result.report.checks.filter(({ outcome }) => outcome !== 'skipped')
  const said = remarks(result).map((text) => text[language])
  const item = { test_code: '', filename: '', line_no: 0, duration: 0 }
  if (!isJudged(result))
    return [
      { ...item, name: prefix, status: 'error', score: 0, message: harmless(said.join('\n')) },
    ]
  const checks = judged.map((check) => ({
    ...item,
    name: `${prefix}: ${nameOf(check)[language]}`,
    status: check.outcome === 'passed' ? 'pass' : 'fail',
    score: check.outcome === 'passed' ? check.points : 0,
    // Everybody who may see the repository can read its log.
    message: check.heldOut ? '' : harmless(story(result.report, check, language)),
    duration: check.milliseconds,
  }))
  const cost = sum([result.points, -result.report.points])
  if (cost === 0) return checks
  return [
    ...checks,
    { ...item, name: prefix, status: 'fail', score: cost, message: harmless(said.join('\n')) },
  ]
}

const nameOf = ({ heldOut, id, title }: Judged): Text => (heldOut ? same(id) : title)

/** The reporter prints messages to a log in which lines can be commands to the runner: `::error::`, `##[error]`. */
const harmless = (text: string) =>
  text.replaceAll(/^(\s*):(?=:)/gm, '$1\\:').replaceAll('##[', '#\\#[')
