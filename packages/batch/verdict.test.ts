import type { Report } from '@socket-dojo/dojo/report/report'
import { describe, expect, test } from 'vitest'
import { statusOf, whyNoVerdict } from './verdict.ts'

const title = { en: 't', ja: 't' }
const expected = [
  { id: 'one', title, points: 1 },
  { id: 'two', title, points: 2 },
]

describe('a report is a verdict', () => {
  test('when its checks are those of the reference', () => {
    expect(whyNoVerdict(report([{}, {}]), expected)).toBeUndefined()
  })

  test.each([
    ['a check is lost', report([{}])],
    ['there is one more', report([{}, {}, {}])],
    ['one comes twice', report([{}, { id: 'one' }])],
    ['none came', report([])],
    ['one was skipped', report([{}, { outcome: 'skipped' }])],
    ['all were skipped', report([{ outcome: 'skipped' }, { outcome: 'skipped' }])],
    ['the grader failed', { ...report([{}, {}]), fault: 'the judge ended' }],
  ])('but not when %s', (_, one) => {
    expect(whyNoVerdict(one, expected)).toEqual(expect.any(String))
  })

  test('when a check was skipped that the reference could not be judged by either', () => {
    const skipped = [expected[0]!, { ...expected[1]!, skipped: true as const }]
    expect(whyNoVerdict(report([{}, { outcome: 'skipped' }]), skipped)).toBeUndefined()
  })
})

test.each([
  ['graded', report([{}, failed('different')])],
  ['crash', report([{}, failed('exited')])],
  ['timeout', report([failed('silent'), failed('exited')])],
  ['timeout', report([{ ...failed('exited'), limits: ['time'] }])],
  ['resource_limit', report([{ ...failed('exited'), limits: ['memory'] }, failed('silent')])],
  [
    'compile_error',
    { ...report([failed('unrunnable')]), problems: { 'echo.ts': 'syntax' as const } },
  ],
  [
    'missing_file',
    { ...report([{}]), problems: { 'a.ts': 'syntax' as const, 'b.ts': 'missing' as const } },
  ],
  ['grader_error', { ...report([{}]), fault: 'x', problems: { 'b.ts': 'missing' as const } }],
])('its status is %s', (status, one) => {
  expect(statusOf(one)).toBe(status)
})

type Part = Partial<Report['checks'][number]>

function failed(outcome: 'different' | 'exited' | 'silent' | 'unrunnable'): Part {
  return { outcome: 'failed', failure: { outcome, what: title, why: title, next: title, try: [] } }
}

function report(checks: Part[]): Report {
  const ids = ['one', 'two', 'three']
  const usual = { title, points: 1, outcome: 'passed' as const, steps: [], milliseconds: 0 }
  return {
    checks: checks.map((check, index) => ({ id: ids[index]!, ...usual, ...check })),
  } as unknown as Report
}
