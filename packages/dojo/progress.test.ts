import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { root } from './lessons.ts'
import { hasPassed, readProgress, recordProgress } from './progress.ts'
import type { Report } from './report/report.ts'

test('a line for each check, in the order of the lessons and of their suites', () => {
  const file = fresh()
  recordProgress(report(10, { later: 'passed' }), true, file)
  recordProgress(report(2, { first: 'passed', second: 'failed', third: 'not run' }), true, file)
  expect(entries(file)).toEqual([
    'lesson-2-x first 2/2',
    'lesson-2-x second 0/2',
    'lesson-2-x third 0/2',
    'lesson-10-x later 2/2',
  ])
})

test('who has not earned a point has no file', () => {
  const file = fresh()
  recordProgress(report(2, { first: 'failed' }), true, file)
  expect(existsSync(file)).toBe(false)
})

test('a whole run forgets checks that are no more; a run of one check leaves the others', () => {
  const file = fresh()
  recordProgress(report(2, { gone: 'passed', stays: 'passed' }), true, file)
  recordProgress(report(2, { stays: 'failed' }), false, file)
  expect(entries(file)).toEqual(['lesson-2-x gone 2/2', 'lesson-2-x stays 0/2'])
  recordProgress(report(2, { stays: 'passed' }), true, file)
  expect(entries(file)).toEqual(['lesson-2-x stays 2/2'])
})

test('what this machine cannot check does not count', () => {
  const file = fresh()
  recordProgress(report(2, { first: 'passed', other: 'skipped' }), true, file)
  expect(hasPassed(readProgress(file).get('lesson-2-x'))).toBe(true)
})

test('a fault of the grader changes nothing', () => {
  const file = fresh()
  recordProgress(report(2, { first: 'passed' }), true, file)
  recordProgress({ ...report(2, { first: 'failed' }), fault: 'broken' }, true, file)
  expect(entries(file)).toEqual(['lesson-2-x first 2/2'])
})

test('a file that is damaged: the lines that can be read count', () => {
  const file = fresh()
  writeFileSync(file, '<<<<<<< mine\nlesson-2-x first 2/2\n=======\n\0\0\nlesson-2-x sec')
  expect([...readProgress(file)]).toEqual([
    ['lesson-2-x', [{ check: 'first', points: 2, maximum: 2 }]],
  ])
})

test('git merges what was passed in two places', () => {
  const file = fresh()
  const folder = join(file, '../..')
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@localhost', ...words], {
      cwd: folder,
      stdio: 'pipe',
    })
  const commit = (checks: Record<string, Outcome>) => {
    recordProgress(report(2, checks), true, file)
    git('add', '.')
    git('commit', '-m', 'progress')
  }
  git('init', '-b', 'one')
  cpSync(join(root, '.gitattributes'), join(folder, '.gitattributes'))
  commit({ a: 'passed', b: 'failed', c: 'failed', d: 'failed' })
  git('checkout', '-b', 'two')
  commit({ a: 'passed', b: 'passed', c: 'failed', d: 'failed' })
  git('checkout', 'one')
  commit({ a: 'passed', b: 'failed', c: 'passed', d: 'failed' })
  git('merge', 'two')
  const points = readProgress(file)
    .get('lesson-2-x')!
    .map((one) => [one.check, one.points])
  expect(Object.fromEntries(points)).toEqual({ a: 2, b: 2, c: 2, d: 0 })
})

test('a run that is killed leaves the file whole', async () => {
  const file = fresh()
  const whole = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`check-${index}`, 'passed' as const]),
  )
  recordProgress(report(2, whole), true, file)
  const flicker = `
    import { recordProgress } from ${JSON.stringify(join(import.meta.dirname, 'progress.ts'))}
    const report = ${JSON.stringify(report(2, whole))}
    console.log('begun')
    for (let round = 0; ; round++) {
      report.checks[0].outcome = round % 2 ? 'passed' : 'failed'
      recordProgress(report, true, ${JSON.stringify(file)})
    }`
  for (let round = 0; round < 5; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', flicker])
    await once(child.stdout, 'data')
    await sleep(7 * round)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(readProgress(file).get('lesson-2-x')).toHaveLength(500)
  }
  recordProgress(report(2, { first: 'passed' }), true, file)
  expect(entries(file)).toEqual(['lesson-2-x first 2/2'])
})

type Outcome = Report['checks'][number]['outcome']

function report(number: number, checks: Record<string, Outcome>): Report {
  const title = { en: '', ja: '' }
  return {
    schema: 1,
    lesson: { name: `lesson-${number}-x`, number, title },
    submission: '',
    points: 0,
    maximum: 0,
    checks: Object.entries(checks).map(([id, outcome]) => ({
      id,
      outcome,
      title,
      points: 2,
      steps: [],
      milliseconds: 0,
    })),
    notes: [],
    sandbox: { profile: 'plain' },
    seed: '1',
  }
}

/** The path of a progress file in a checkout of its own, which is not there yet. */
function fresh(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-progress-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  cpSync(join(root, 'exercises/lesson-2-tcp-server'), join(folder, 'exercises'), {
    recursive: true,
  })
  return join(folder, 'exercises/progress.txt')
}

const entries = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
