import { Command } from 'commander'
import { grade } from '../grade.ts'
import { Judge, startJudge } from '../judge/judge.ts'
import { say } from '../language.ts'
import {
  findLesson,
  type LessonPlace,
  lessons,
  manifest,
  shortPath,
  submissionFolder,
} from '../lessons.ts'
import { keepProgress } from '../progress.ts'
import { allPassed, exitStatus, type Report } from '../report/report.ts'
import { terminalStyle } from '../report/style.ts'
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
} from '../report/text.ts'
import { typeErrors } from '../types.ts'
import { UsageError } from '../usage.ts'

interface Options {
  in: string
  check?: string
  json?: true
  seed?: string
  stretch?: true
  watch?: true
  poll?: true
}

/** `test [lesson]`: judges the learner's programs. */
export function command(): Command {
  return new Command('test')
    .description(
      say({
        en: 'judge your programs of one lesson, or of all',
        ja: '1 つの課、またはすべての課のプログラムを採点する',
      }),
    )
    .argument(
      '[lesson]',
      say({
        en: 'lesson-2, 2 or tcp-server; all where it is left out',
        ja: 'lesson-2、2、tcp-server など。省略するとすべて',
      }),
    )
    .option(
      '--in <folder>',
      say({ en: 'where the lessons to judge are', ja: '採点する課のあるフォルダー' }),
      'exercises',
    )
    .option('--check <id>', say({ en: 'run one check only', ja: '1 つのチェックだけを実行する' }))
    .option(
      '--seed <seed>',
      say({
        en: 'repeat the random values of an earlier run',
        ja: '以前の実行と同じシード（乱数の種）を使う',
      }),
    )
    .option(
      '--stretch',
      say({
        en: 'run the stretch checks too: achievements, worth no points',
        ja: '発展チェックも実行する（点数には関係しない挑戦課題）',
      }),
    )
    .option(
      '--watch',
      say({ en: 'stay, and judge again on each save', ja: '終了せず、保存するたびに採点する' }),
    )
    .option(
      '--poll',
      say({
        en: 'with --watch: look for saves, on file systems that do not tell of them',
        ja: '--watch と併用: 保存を通知しないファイルシステムで、定期的に調べる',
      }),
    )
    .option('--json', say({ en: 'print the report as JSON', ja: 'レポートを JSON で出力する' }))
    .action(test)
}

async function test(wanted: string | undefined, options: Options): Promise<void> {
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

async function watchInstead(wanted: string | undefined, options: Options): Promise<void> {
  if (options.json) {
    throw new UsageError({
      en: 'Expected --json without --watch, got both',
      ja: '--json と --watch を同時に指定することはできません',
    })
  }
  const { watch } = await import('../watch/watch.ts')
  await watch(wanted, options)
}

/** Judges one lesson, its verdicts printed as they come. */
async function judgeLesson(
  judge: Judge,
  lesson: LessonPlace,
  { in: folder, check, seed, stretch, json }: Options,
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
  { in: folder, seed, json }: Options,
  style: Style,
): Promise<Report> {
  const submission = submissionFolder(lesson, folder)
  const report = await grade(judge, lesson, submission, { seed })
  keepProgress(lesson, submission, report, true)
  if (!json) console.log(renderLine(report, style))
  return report
}
