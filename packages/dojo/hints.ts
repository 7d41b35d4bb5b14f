import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Hints } from '@socket-dojo/testkit/lesson'
import type { LessonPlace } from './lessons.ts'
import type { Report } from './report/report.ts'

/** The hints of a lesson, by check. A lesson without any has none. */
export async function hints(lesson: LessonPlace): Promise<Partial<Hints>> {
  const path = join(lesson.folder, 'hints.ts')
  if (!existsSync(path)) return {}
  return ((await import(path)) as { default: Hints }).default
}

/** The check to mend first: the others may fail for the same reason. A stretch check is none that has to be mended. */
export const firstFailed = ({ checks }: Pick<Report, 'checks'>) =>
  checks.find(({ outcome, stretch }) => outcome === 'failed' && !stretch)
