import type { Verdict } from '@socket-dojo/testkit/check'
import { expect, test } from 'vitest'
import { Known } from './known.ts'

const sources = { 'echo.ts': 'listen()', 'exchange.ts': 'connect()' }

test('a check that has passed holds while the files that it ran are what they were', () => {
  expect(holding(passed('echo.ts'), { ...sources, 'exchange.ts': 'other()' })).toEqual(['it'])
  expect(holding(passed('echo.ts'), { ...sources, 'echo.ts': 'other()' })).toEqual([])
  expect(holding(passed('echo.ts', 'exchange.ts'), { 'echo.ts': 'listen()' })).toEqual([])
})

test.each([
  ['failed', { ...passed('echo.ts'), outcome: 'failed' }],
  ['was skipped', { ...passed('echo.ts'), outcome: 'skipped' }],
  ['measured something', { ...passed('echo.ts'), measured: { en: 'much', ja: '多い' } }],
  ['ran no file', passed()],
] satisfies [string, Verdict][])('what %s is judged again', (_, verdict) => {
  expect(holding(verdict, sources)).toEqual([])
})

test('a verdict that does not hold any more is forgotten', () => {
  const known = new Known()
  known.keep(passed('echo.ts'), sources)
  known.keep({ ...passed('echo.ts'), outcome: 'failed' }, sources)
  expect([...known.holding(sources).keys()]).toEqual([])
})

test.each([
  "import { exchange } from './exchange.ts'",
  "await import('../lesson/exchange.ts')",
  "readFileSync('exchange.ts')",
  'readdirSync(import.meta.dirname)',
  'readdirSync(process.cwd())',
  'dirname(process.argv[1])',
])('%s rests on every file', (source) => {
  const whole = { ...sources, 'echo.ts': source }
  const known = new Known()
  known.keep(passed('echo.ts'), whole)
  expect(known.holding(whole).size).toBe(1)
  expect(known.holding({ ...whole, 'exchange.ts': 'other()' }).size).toBe(0)
})

test('whether it was started itself is no question about other files', () => {
  const whole = { ...sources, 'echo.ts': 'if (import.meta.main) listen()' }
  const known = new Known()
  known.keep(passed('echo.ts'), whole)
  expect(known.holding({ ...whole, 'exchange.ts': 'other()' }).size).toBe(1)
})

test('what one has learned from another does not change that', () => {
  const one = new Known()
  one.keep(passed('echo.ts'), sources)
  new Known(one).keep({ ...passed('echo.ts'), outcome: 'failed' }, sources)
  expect(one.holding(sources).size).toBe(1)
})

function passed(...files: string[]): Verdict {
  return { check: 'it', outcome: 'passed', steps: [], files, milliseconds: 1 }
}

function holding(verdict: Verdict, now: Record<string, string>): string[] {
  const known = new Known()
  known.keep(verdict, sources)
  return [...known.holding(now).keys()]
}
