import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grade } from './grade.ts'
import type { Judge } from './judge/judge.ts'
import type { Known } from './known.ts'
import { type LessonPlace, submissionFolder } from './lessons.ts'
import type { Report } from './report/report.ts'
import { starterFolder } from './starter.ts'

/** A submission whose verdict is known in advance: what proves a lesson. */
export interface Sample {
  lesson: LessonPlace
  /** `solution`, `starter`, `right/for-await`, `wrong/echo-all/answers-once` */
  name: string
  kind: 'solution' | 'starter' | 'right' | 'wrong'
  /**
   * Holds the files of the submission; a right or wrong one only those in which it differs from the solution, and
   * in `without.txt` the names, one a line, of files of the solution that it has not.
   */
  folder: string
  /** The check that catches a wrong one: the folder above it is named so. */
  caughtBy?: string
}

/** All samples of a lesson, in the order of their names: the folders are the list. */
export function samples(lesson: LessonPlace): Sample[] {
  const right = folders(join(lesson.folder, 'right')).map((variant): Sample => ({
    lesson,
    name: `right/${variant}`,
    kind: 'right',
    folder: join(lesson.folder, 'right', variant),
  }))
  const wrong = folders(join(lesson.folder, 'wrong')).flatMap((check) =>
    folders(join(lesson.folder, 'wrong', check)).map((mistake): Sample => ({
      lesson,
      name: `wrong/${check}/${mistake}`,
      kind: 'wrong',
      folder: join(lesson.folder, 'wrong', check, mistake),
      caughtBy: check,
    })),
  )
  return [
    { lesson, name: 'solution', kind: 'solution', folder: submissionFolder(lesson, 'solutions') },
    { lesson, name: 'starter', kind: 'starter', folder: starterFolder(lesson) },
    ...right,
    ...wrong,
  ]
}

/**
 * Grades a sample, as a whole submission. The same seed each time, so that its report is the same each time.
 * @param known verdicts of other samples of the lesson: what still holds is not judged again.
 * @param change what is done to the submission's folder before.
 */
export async function gradeSample(
  judge: Judge,
  sample: Sample,
  {
    seed = '1',
    known,
    change = () => {},
  }: { seed?: string; known?: Known | undefined; change?: (whole: string) => void } = {},
): Promise<Report> {
  const parent = mkdtempSync(join(tmpdir(), 'dojo-sample-'))
  try {
    const whole = layOut(sample, parent)
    change(whole)
    const report = await grade(judge, sample.lesson, whole, { seed, known })
    return { ...report, submission: sample.name }
  } finally {
    rmSync(parent, { recursive: true })
  }
}

/** Makes a whole submission of a sample: a folder with the lesson's name in `parent`, whose path it returns. */
export function layOut(sample: Sample, parent: string): string {
  const whole = join(parent, sample.lesson.name)
  if (sample.kind !== 'starter')
    cpSync(submissionFolder(sample.lesson, 'solutions'), whole, { recursive: true })
  cpSync(sample.folder, whole, { recursive: true })
  for (const file of without(sample)) rmSync(join(whole, file))
  return whole
}

/** A file that is there cannot tell that another is not. */
function without({ folder }: Sample): string[] {
  const list = join(folder, 'without.txt')
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split('\n') : []
}

/** What is not as it should be with the report of a sample, its recorded text apart; undefined where all is well. */
export function whatIsWrong(
  { kind, caughtBy }: Sample,
  { points, maximum, checks, fault }: Report,
): string | undefined {
  if (fault !== undefined) return `the grader failed: ${fault}`
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
  if (kind === 'starter')
    return points === 0 ? undefined : `expected 0 points for a starter, found ${points}`
  if (kind === 'wrong') {
    return failed[0] === caughtBy
      ? undefined
      : `expected ${caughtBy} to catch it, found ${failed.join(', ') || 'nothing'}`
  }
  return points === maximum
    ? undefined
    : `expected every point, found ${points} of ${maximum}: ${failed.join(', ')} failed`
}

/** What each failed check of a report says, a line each. */
export const whatFailed = ({ checks }: Report): string[] =>
  checks.flatMap(({ id, failure }) => (failure ? `${id}: ${failure.what.en}` : []))

function folders(parent: string): string[] {
  if (!existsSync(parent)) return []
  const entries = readdirSync(parent, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).toSorted()
}
