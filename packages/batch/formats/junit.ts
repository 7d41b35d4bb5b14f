import type { Judged } from '@socket-dojo/dojo/report/report'
import type { Language } from '@socket-dojo/testkit/text'
import { fileNames } from '../file-names.ts'
import { byLearner, isJudged, submitted, sum } from '../of-learner.ts'
import type { Class, ClassLesson, Result } from '../result.ts'
import { lessonTitle, remarks, story } from '../story.ts'
import { visible, visibleLine } from '@socket-dojo/dojo/report/visible'

/**
 * JUnit XML, one file for each learner who submitted something: a suite for each lesson, a case for each check, points
 * as properties. A check that was not run, or could not be, is skipped; where the grader failed, the lesson is one case
 * with an error.
 * https://github.com/testmoapp/junitxml
 */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  const names = fileNames(results.learners)
  for (const work of byLearner(results)) {
    const own = submitted(work)
    if (own.length === 0) continue
    const suites = own.map(({ lesson, result }) => suite(lesson, result, language))
    const file = element(
      'testsuites',
      { name: work.learner.id, ...counts(own.map(({ result }) => result)) },
      suites,
    )
    yield [
      `junit/${names.get(work.learner.id)}.xml`,
      `<?xml version="1.0" encoding="UTF-8"?>\n${file}\n`,
    ]
  }
}

function suite(lesson: ClassLesson, result: Result, language: Language): string {
  const { points, maximum, status, seed, started, report } = result
  const about = { points, maximum, status, seed, title: lessonTitle(lesson)[language] }
  const cases = isJudged(result)
    ? report.checks.map((check) => testcase(lesson, result, check, language))
    : [element('testcase', { name: 'grader', classname: lesson.name, time: 0 }, [fault(result)])]
  const said = remarks(result).map((text) => text[language])
  const output = said.length > 0 ? [element('system-out', {}, [escaped(said.join('\n'))])] : []
  const attributes = {
    name: lesson.name,
    ...counts([result]),
    timestamp: started.replace(/\.\d+|Z/g, ''),
  }
  return element('testsuite', attributes, [properties(about), ...cases, ...output])
}

function testcase(
  lesson: ClassLesson,
  { report }: Result,
  check: Judged,
  language: Language,
): string {
  const { id, title, points, outcome, milliseconds, failure, reason, because } = check
  const attributes = {
    name: title[language],
    classname: `${lesson.name}.${id}`,
    time: milliseconds / 1000,
  }
  const about = properties({ id, points: outcome === 'passed' ? points : 0, maximum: points })
  const found = {
    passed: [],
    failed: [
      element(
        'failure',
        { message: visibleLine(failure?.what[language] ?? '', 500), type: 'check' },
        [escaped(story(report, check, language))],
      ),
    ],
    'not run': [element('skipped', { message: `rests on ${because}` })],
    skipped: [element('skipped', { message: visibleLine(reason?.[language] ?? '', 500) })],
  }
  return element('testcase', attributes, [about, ...found[outcome]])
}

const fault = ({ report }: Result) =>
  element('error', { message: 'grader_error', type: 'grader' }, [
    escaped(visible(report.fault ?? '')),
  ])

function counts(results: Result[]) {
  const judged = results.filter(isJudged).flatMap(({ report }) => report.checks)
  const errors = results.filter((result) => !isJudged(result)).length
  const count = (...wanted: string[]) =>
    judged.filter(({ outcome }) => wanted.includes(outcome)).length
  return {
    tests: judged.length + errors,
    failures: count('failed'),
    errors,
    skipped: count('not run', 'skipped'),
    time: sum(judged.map(({ milliseconds }) => milliseconds / 1000)),
  }
}

function properties(values: Record<string, string | number>): string {
  const all = Object.entries(values)
  return element(
    'properties',
    {},
    all.map(([name, value]) => element('property', { name, value })),
  )
}

function element(
  name: string,
  attributes: Record<string, string | number>,
  content: string[] = [],
): string {
  const pairs = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value))}"`,
  )
  return `<${name}${pairs.join('')}>${content.join('')}</${name}>`
}

/** Characters that XML 1.0 cannot carry at all are made visible; the rest of its own is escaped. */
const escaped = (text: string) =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\n\t]/g, (one) => (one === '\n' ? '&#10;' : '&#9;'))
