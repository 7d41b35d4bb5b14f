import type { Text } from '@socket-dojo/testkit/text'
import { grade } from './grade.ts'
import { firstFailed, hints, hintsFor } from './hints.ts'
import { startJudge } from './judge/judge.ts'
import { say } from './language.ts'
import { findLesson, type LessonPlace, submissionFolder } from './lessons.ts'
import { exitStatus, type Judged, type Report } from './report/report.ts'
import { terminalStyle } from './report/style.ts'
import { renderHints, renderSummary } from './report/text.ts'
import { UsageError } from './usage.ts'

export interface HintOptions {
  level: number
  check?: string
  in: string
}

/** Prints hints up to a level: for the check that is named, or for the one that is found to fail first. */
export async function hint(
  wanted: string,
  { level, check, in: folder }: HintOptions,
): Promise<void> {
  const lesson = findLesson(wanted)
  if (check !== undefined) {
    const known = await hints(lesson)
    if (!known[check]) throw UsageError.unknown('check', check, Object.keys(known))
    return print(lesson, check, known[check], level)
  }
  const { failed, report } = await untilOneFails(lesson, submissionFolder(lesson, folder))
  if (failed) return print(lesson, say(failed.title), await hintsFor(lesson, failed), level)
  console.log(renderSummary(report!, terminalStyle()))
  process.exitCode = exitStatus([report!])
}

function print(lesson: LessonPlace, check: string, known: Text[], level: number): void {
  console.log(renderHints(check, known, level, terminalStyle()))
  if (level < known.length)
    console.log(`\n  pnpm dojo hint lesson-${lesson.number} --level ${level + 1}`)
}

/** Judges a submission as far as its first failure; to the end where there is none. */
async function untilOneFails(
  lesson: LessonPlace,
  submission: string,
): Promise<{ failed?: Judged; report?: Report }> {
  const judge = await startJudge()
  const first = Promise.withResolvers<{ failed: Judged }>()
  const onVerdict = (judged: Report['checks']) => {
    const failed = firstFailed({ checks: judged })
    if (failed) first.resolve({ failed })
  }
  try {
    const whole = grade(judge, lesson, submission, { onVerdict }).then((report) => ({ report }))
    return await Promise.race([first.promise, whole])
  } finally {
    void judge.close()
  }
}
