import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseProfile } from '@socket-dojo/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { grade } from './grade.ts'
import { Judge } from './judge/judge.ts'
import { findLesson, submissionFolder } from './lessons.ts'
import { withJudges } from './judge/pool.ts'

const lesson = findLesson('2')
const choice = await chooseProfile('auto')

test('a suite that is not there is our fault, and worth no verdict', async () => {
  const judge = new Judge(choice)
  onTestFinished(() => judge.close())
  const report = await grade(
    judge,
    { ...lesson, name: 'lesson-2-none' },
    submissionFolder(lesson, 'solutions'),
  )
  expect(report.fault).toContain('Expected the suite to have checks')
  expect(report.points).toBe(0)
})

test('a judge that has failed is not asked again', async () => {
  const places = [{ ...lesson, name: 'lesson-2-none' }, lesson]
  const reports = await withJudges(choice, 1, places, (judge, place) =>
    grade(judge, place, submissionFolder(lesson, 'solutions')),
  )
  expect(reports[0]!.fault).toContain('Expected the suite to have checks')
  expect(reports[1]!.points).toBe(reports[1]!.maximum)
})

test('a judge that is killed is our fault; the next one goes on', async () => {
  const reports = await withJudges(choice, 1, [true, false], async (judge, kill) => {
    const grading = grade(judge, lesson, submissionFolder(lesson, 'solutions'), {
      onVerdict: () => kill && void judge.close(),
    })
    return grading
  })
  expect(reports[0]!.fault).toContain('Expected the judge to finish')
  expect(reports[1]!.points).toBe(reports[1]!.maximum)
})

test('one judge grades one submission after the other, each by itself', async () => {
  const folders = ['solutions', 'exercises', 'solutions'].map((place) =>
    submissionFolder(lesson, place),
  )
  const reports = await withJudges(choice, 1, folders, (judge, folder) =>
    grade(judge, lesson, folder),
  )
  expect(reports.map(({ points, maximum }) => points === maximum)).toEqual([true, false, true])
  expect(reports.every(({ fault }) => fault === undefined)).toBe(true)
})

test('a program of one submission never answers for the next', async () => {
  const dead = mkdtempSync(join(tmpdir(), 'dojo-grade-'))
  onTestFinished(() => rmSync(dead, { recursive: true }))
  const copy = join(dead, lesson.name)
  cpSync(submissionFolder(lesson, 'solutions'), copy, { recursive: true })
  writeFileSync(join(copy, 'echo.ts'), 'process.exit(0)')
  const solution = submissionFolder(lesson, 'solutions')
  const folders = [solution, solution, copy]
  const reports = await withJudges(choice, 1, folders, (judge, folder) =>
    grade(judge, lesson, folder),
  )
  const passed = reports[2]!.checks.filter(({ outcome }) => outcome === 'passed')
  expect(passed.filter(({ id }) => id.startsWith('echo-'))).toEqual([])
})
