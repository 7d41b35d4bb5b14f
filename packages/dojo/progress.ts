import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type LessonPlace, root, submissionFolder } from './lessons.ts'
import type { Report } from './report/report.ts'

/** The last verdict of one check, in points. */
export interface Standing {
  check: string
  points: number
  maximum: number
}

/** The last verdicts, by the name of the lesson, in the order of the lessons and of their suites. */
export type Progress = Map<string, Standing[]>

/**
 * Where a learner's progress is kept: among their own work, which they may commit. Git joins two of them line by line
 * (`.gitattributes`), so each check has a line that stands for itself.
 */
export const progressFile = join(root, 'exercises/progress.txt')

/** What is known. A lesson that was never judged is absent; lines that say nothing of a check are passed over. */
export function readProgress(file = progressFile): Progress {
  const progress: Progress = new Map()
  for (const line of textOf(file).split('\n')) {
    const [, lesson, check, points, maximum] = entry.exec(line) ?? []
    if (lesson === undefined) continue
    const standings = progress.get(lesson) ?? []
    progress.set(lesson, standings)
    add(standings, { check: check!, points: Number(points), maximum: Number(maximum) })
  }
  return sorted(progress)
}

/**
 * Keeps the verdicts of a learner's own exercises, and of nothing else. Who has not earned a point yet gets no file.
 * @param whole whether all checks were run: then what is not in the report is forgotten.
 */
export function keepProgress(
  lesson: LessonPlace,
  submission: string,
  report: Report,
  whole: boolean,
): void {
  if (submission === submissionFolder(lesson)) recordProgress(report, whole)
}

/** Keeps the verdicts of a report. One of a grader that failed says nothing. */
export function recordProgress(report: Report, whole: boolean, file = progressFile): void {
  if (report.fault !== undefined) return
  const progress = readProgress(file)
  const standings = whole ? [] : (progress.get(report.lesson.name) ?? [])
  for (const { id, outcome, points, stretch } of report.checks) {
    if (outcome === 'skipped' || stretch) continue
    const standing = { check: id, points: outcome === 'passed' ? points : 0, maximum: points }
    const at = standings.findIndex(({ check }) => check === id)
    standings.splice(at < 0 ? standings.length : at, at < 0 ? 0 : 1, standing)
  }
  save(progress.set(report.lesson.name, standings), file)
}

/** Forgets a lesson. */
export function forgetProgress(lesson: LessonPlace, file = progressFile): void {
  const progress = readProgress(file)
  if (progress.delete(lesson.name)) save(progress, file)
}

/** Whether a lesson was judged, and every check of it passed. */
export const hasPassed = (standings: Standing[] | undefined) =>
  standings !== undefined && standings.every(({ points, maximum }) => points === maximum)

const entry = /^(lesson-\d+-\S+)\s+(\S+)\s+(\d+)\/(\d+)\s*$/

/** Where git has joined two files, a check may have two lines: it was passed if one of them says so. */
function add(standings: Standing[], standing: Standing): void {
  const known = standings.find(({ check }) => check === standing.check)
  if (!known) standings.push(standing)
  else if (standing.points > known.points) Object.assign(known, standing)
}

const sorted = (progress: Progress): Progress =>
  new Map([...progress].toSorted(([a], [b]) => numberOf(a) - numberOf(b)))

const numberOf = (lesson: string) => Number(/\d+/.exec(lesson))

/**
 * Replaces the file as a whole, so that a run that is killed leaves the old one or the new one. Of two runs that end
 * in the same millisecond one may not be kept; its next verdict is.
 */
function save(progress: Progress, file: string): void {
  const text = write(sorted(progress))
  const earned = [...progress.values()].flat().some(({ points }) => points > 0)
  const before = textOf(file)
  if (before === text || (before === '' && !earned)) return
  mkdirSync(dirname(file), { recursive: true })
  const next = join(dirname(file), `.progress-${process.pid}`)
  try {
    writeFileSync(next, text)
    renameSync(next, file)
  } finally {
    rmSync(next, { force: true })
  }
}

function write(progress: Progress): string {
  const lines = [...progress].flatMap(([lesson, standings]) => [
    '',
    ...standings.map(({ check, points, maximum }) => `${lesson} ${check} ${points}/${maximum}`),
  ])
  return [...about, ...lines, ''].join('\n')
}

const about = [
  '# Your progress: the last verdict of each check. `pnpm test` keeps this file, and writes it anew when it is lost.',
  '# 進み具合（各チェックの最新の結果）です。pnpm test が更新し、なくなっても作り直します。',
]

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
