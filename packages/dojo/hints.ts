import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Hints } from '@socket-dojo/testkit/lesson'
import { join as joinTexts, type Text } from '@socket-dojo/testkit/text'
import type { LessonPlace } from './lessons.ts'
import type { Judged, Report } from './report/report.ts'

/** The hints of a lesson, by check. A lesson without any has none. */
export async function hints(lesson: LessonPlace): Promise<Partial<Hints>> {
  const path = join(lesson.folder, 'hints.ts')
  if (!existsSync(path)) return {}
  return ((await import(path)) as { default: Hints }).default
}

/** The hints for a check that failed. Where a file could not run at all, what there is to do about that is the only one. */
export async function hintsFor(lesson: LessonPlace, { id, failure }: Judged): Promise<Text[]> {
  if (failure?.outcome === 'unrunnable') return [joinTexts([failure.what, failure.next], '\n')]
  return (await hints(lesson))[id] ?? []
}

/** The check to mend first: the others may fail for the same reason. A stretch check is none that has to be mended. */
export const firstFailed = ({ checks }: Pick<Report, 'checks'>) =>
  checks.find(({ outcome, stretch }) => outcome === 'failed' && !stretch)
