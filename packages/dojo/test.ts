import { grade } from './grade.ts'
import { Judge, startJudge } from './judge/judge.ts'
import {
  findLesson,
  type LessonPlace,
  lessons,
  manifest,
  shortPath,
  submissionFolder,
} from './lessons.ts'
import { keepProgress } from './progress.ts'
import { allPassed, exitStatus, type Report } from './report/report.ts'
import { terminalStyle } from './report/style.ts'
import {
  renderHeading,
  renderHelp,
  renderLine,
  renderNote,
  renderSandbox,
  renderSeed,
  renderSummary,
  renderVerdict,
  type Style,
} from './report/text.ts'
import { typeErrors } from './types.ts'
import { UsageError } from './usage.ts'

export interface TestOptions {
  in: string
  check?: string
  json?: true
  seed?: string
  stretch?: true
  watch?: true
  poll?: true
}

/** Judges one lesson or all, once or again and again. The exit status is that of the reports. */
export async function test(wanted: string | undefined, options: TestOptions): Promise<void> {
  if (options.watch) return watchInstead(wanted, options)
  const style = terminalStyle()
  const chosen = wanted === undefined ? lessons() : [findLesson(wanted)]
  let judge = await startJudge()
  const reports: Report[] = []
  try {
    for (const lesson of chosen) {
      if (judge.ended) judge = new Judge(judge.choice)
      if (wanted !== undefined) reports.push(await judgeLesson(judge, lesson, options, style))
      else reports.push(await judgeBriefly(judge, lesson, options, style))
    }
  } finally {
    void judge.close() // It is killed now; nothing here waits for its last breath.
  }
  if (options.json)
    console.log(JSON.stringify(wanted === undefined ? reports : reports[0], null, 2))
  else if (judge.choice.reason !== undefined) console.log(renderSandbox(judge.choice, style))
  process.exitCode = exitStatus(reports)
}

async function watchInstead(wanted: string | undefined, options: TestOptions): Promise<void> {
  if (options.json) {
    throw new UsageError({
      en: 'Expected --json without --watch, got both',
      ja: '--json と --watch を同時に指定することはできません',
    })
  }
  const { watch } = await import('./watch/watch.ts')
  await watch(wanted, options)
}

/** Judges one lesson, its verdicts printed as they come. */
async function judgeLesson(
  judge: Judge,
  lesson: LessonPlace,
  { in: folder, check, seed, stretch, json }: TestOptions,
  style: Style,
): Promise<Report> {
  const print = (text: string) => json ?? console.log(text)
  const submission = submissionFolder(lesson, folder)
  const { title, files } = await manifest(lesson)
  const place = { lesson: { ...lesson, title }, submission: shortPath(submission) }
  const report = await grade(judge, lesson, submission, {
    only: check,
    seed,
    stretch,
    onVerdict: (judged) => {
      if (judged.length === 1) print(`${renderHeading(place, style)}\n`)
      print(renderVerdict(judged, judged.length - 1, style))
    },
  })
  keepProgress(lesson, submission, report, check === undefined)
  print(`\n${renderSummary(report, style)}\n`)
  if (!allPassed(report)) print(`${renderSeed(report, style)}\n${renderHelp(report, style)}\n`)
  report.notes.push(...(await typeErrors(submission, files))) // After the verdicts: they are waited for.
  for (const note of report.notes) print(`${renderNote(note, style)}\n`)
  return report
}

/** Judges one of all lessons: a line. */
async function judgeBriefly(
  judge: Judge,
  lesson: LessonPlace,
  { in: folder, seed, json }: TestOptions,
  style: Style,
): Promise<Report> {
  const submission = submissionFolder(lesson, folder)
  const report = await grade(judge, lesson, submission, { seed })
  keepProgress(lesson, submission, report, true)
  if (!json) console.log(renderLine(report, style))
  return report
}
