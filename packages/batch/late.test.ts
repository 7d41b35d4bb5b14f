import { expect, test } from 'vitest'
import { lateness, parseDiscount } from './late.ts'
import { printable } from './progress.ts'

const time = new Date('2027-01-31T09:00:00Z')

test.each([
  ['2027-01-31T09:00:00.000Z', '10%', undefined],
  ['2027-01-31T09:00:01.000Z', '10%', [1, 0.1]],
  ['2027-02-02T10:00:00.000Z', '10%', [2 * 86_400 + 3600, 0.1]],
  ['2027-02-02T10:00:00.000Z', '10%/day', [2 * 86_400 + 3600, 0.3]],
  ['2027-03-31T10:00:00.000Z', '10%/day', [5_097_600 + 3600, 1]],
])('%s with a discount of %s', (submitted, text, expected) => {
  const late = lateness(submitted, { time, ...parseDiscount(text)! })
  expect(late && [late.seconds, late.discount]).toEqual(expected)
})

test.each(['10', '101%', '-5%', '10%/week', ''])('"%s" is no discount', (text) => {
  expect(parseDiscount(text)).toBeUndefined()
})

test('a name of a stranger commands no terminal', () => {
  expect(printable('a\u001B[2J\u009Bb\n\u202Ec\u2028')).not.toMatch(/[\p{C}\u2028]/u)
})
