import { availableParallelism } from 'node:os'
import { Command } from 'commander'
// By its path: that package depends on this one.
import type { Class, Deadline } from '../../batch/index.ts'
import { exportCommand } from '../export.ts'
import { language, say } from '../language.ts'
import { findLesson, lessons } from '../lessons.ts'
import * as parse from '../parse.ts'
import { renderText } from '../report/text.ts'
import { similarCommand } from '../similar.ts'
import { UsageError } from '../usage.ts'

interface Options {
  out: string
  lesson: string[]
  roster?: string
  jobs: number
  late?: Date
  lateDiscount?: Pick<Deadline, 'discount' | 'daily'>
  regrade: string[]
  shard?: { index: number; of: number }
  from: string[]
  queue?: string
  unsafe?: boolean
}

/** Loaded when something is graded: `--help` does not wait for it. */
const batch = () => import('../../batch/index.ts')

/** `grade <submissions>`: grades a class. */
export function command(): Command {
  return new Command('grade')
    .enablePositionalOptions() // A subcommand's options are its own, also where their names are the same.
    .description(say(texts.description))
    .argument('<submissions>', say(texts.submissions))
    .option('--out <folder>', say(texts.out), 'grades')
    .option('--lesson <lesson>', say(texts.lesson), parse.several, [])
    .option('--roster <file>', say(texts.roster))
    .option('--late <deadline>', say(texts.late), parse.time)
    .option('--late-discount <percent>', say(texts.discount), parse.discount)
    .option('--regrade <what>', say(texts.regrade), parse.several, [])
    .option('--jobs <n>', say(texts.jobs), parse.positive, jobsAtOnce)
    .option('--shard <i/n>', say(texts.shard), parse.shard)
    .option('--from <folder>', say(texts.from), parse.several, [])
    .option('--queue <redis>', say(texts.queue))
    .option('--unsafe', say(texts.unsafe))
    .action((submissions: string, options: Options) => reporting(() => grade(submissions, options)))
    .addCommand(workerCommand())
    .addCommand(replayCommand())
    .addCommand(exportCommand())
    .addCommand(similarCommand())
}

/** `grade worker`: judges what is on a queue, until it is ended. */
function workerCommand(): Command {
  return new Command('worker')
    .description(say(texts.worker))
    .requiredOption('--queue <redis>', say(texts.queue))
    .option('--jobs <n>', say(texts.jobs), parse.positive, jobsAtOnce)
    .option('--unsafe', say(texts.unsafe))
    .action(
      ({ queue, jobs, unsafe = false }: Required<Pick<Options, 'queue' | 'jobs'>> & Options) =>
        reporting(async () => {
          const { chooseIsolation, work } = await batch()
          const choice = await chooseIsolation(unsafe)
          const tell = (line: string) => console.error(line)
          await work({ url: queue, jobs, choice, unsafe: choice.profile === 'plain', tell })
        }),
    )
}

/** `grade replay <id>`: judges once more, with the same seed. */
function replayCommand(): Command {
  return new Command('replay')
    .description(say(texts.replay))
    .argument('<id>', say(texts.id))
    .option('--out <folder>', say(texts.out), 'grades')
    .option('--unsafe', say(texts.unsafe))
    .action((id: string, { out, unsafe = false }: Options) =>
      reporting(async () => {
        const { chooseIsolation, replay } = await batch()
        const { before, now, otherSuite } = await replay(out, id, await chooseIsolation(unsafe))
        console.log(renderText(now.report, { language, colour: process.stdout.isTTY }))
        if (otherSuite) console.log(say(texts.otherSuite))
        const same = before?.status === now.status && before.report.points === now.report.points
        console.log(say(same ? texts.same : texts.different))
        process.exitCode = same ? 0 : 1
      }),
    )
}

/** Judges mostly wait, each for a few programs. */
const jobsAtOnce = 2 * availableParallelism()

async function grade(submissions: string, options: Options): Promise<void> {
  const { late, lateDiscount, queue, unsafe = false } = options
  if (lateDiscount && !late) throw new UsageError(discountWithoutDeadline)
  const { byQueue, chooseIsolation, gradeClass } = await batch()
  const choice = await chooseIsolation(unsafe)
  const theClass = await gradeClass({
    ...options,
    submissions,
    lessons: chosen(options.lesson),
    choice,
    unsafe: choice.profile === 'plain',
    deadline: late && { time: late, ...(lateDiscount ?? { discount: 0, daily: false }) },
    regrade: options.regrade.map(lessonOrWord),
    ...(queue !== undefined && {
      judging: byQueue(queue, (code) => console.error(say(away(code)))),
    }),
  })
  await summarize(theClass, options.out)
}

/** A fault of ours is said in a sentence where it is known, and ends with exit status 3. */
async function reporting(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    const { BatchFault } = await batch()
    if (error instanceof BatchFault) console.error(say(error.text))
    else if (isSystem(error)) console.error(say(nothingLost(error)))
    else throw error
    process.exitCode = 3
  }
}

function chosen(wanted: string[]) {
  const names = new Set(wanted.map((word) => findLesson(word).name))
  return lessons().filter(({ name }) => names.size === 0 || names.has(name))
}

/** What is no lesson names a learner, a grading or a suite. */
function lessonOrWord(word: string): string {
  try {
    return findLesson(word).name
  } catch {
    return word
  }
}

async function summarize({ results, refused, learners }: Class, out: string): Promise<void> {
  const { printable } = await batch()
  const faults = results.filter(({ status }) => status === 'grader_error')
  const refusals = refused.map(({ source, why }) => `${printable(source)}: ${say(why)}`)
  for (const line of refusals) console.error(line)
  for (const { learner, suite, id, report } of faults)
    console.error(
      `${printable(learner.id)} ${suite.lesson} ${id}: grader_error: ${report.fault?.split('\n')[0]}`,
    )
  if (results.some(({ sandbox }) => sandbox.unsafe)) console.error(say(texts.wasUnsafe))
  const graded = results.length - faults.length
  console.log(
    say({
      en: `${graded} graded, ${faults.length} without a verdict, ${refused.length} not taken, ${learners.length} learners: ${out}`,
      ja: `採点 ${graded} 件、判定なし ${faults.length} 件、受け取らなかったもの ${refused.length} 件、学習者 ${learners.length} 人: ${out}`,
    }),
  )
  process.exitCode = faults.length > 0 ? 3 : refused.length > 0 ? 1 : 0
}

/** An error of the system, as ENOSPC: of files, or of SQLite, which has a code of its own for it. */
const isSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && ('syscall' in error || 'errcode' in error)

const nothingLost = ({ message }: Error) => ({
  en: `The run stopped: ${message}. What was graded is kept: mend that, and give the same command again.`,
  ja: `中断しました: ${message}。採点済みの結果は残っています。原因を取り除いて、同じコマンドをもう一度実行してください。`,
})

const away = (code: string) => ({
  en: `Redis does not answer (${code}): waiting for it. What was graded is kept.`,
  ja: `Redis が応答しません（${code}）。待機します。採点済みの結果は残っています。`,
})

const discountWithoutDeadline = {
  en: '--late-discount needs a deadline: --late 2027-01-31T18:00:00+09:00',
  ja: '--late-discount には期限が必要です: --late 2027-01-31T18:00:00+09:00',
}

const texts = {
  description: {
    en: 'grade a class: one folder, .zip, .tar.gz or git repository for each learner',
    ja: 'クラス全員を採点する: 学習者ごとに 1 つのフォルダー、.zip、.tar.gz、git リポジトリ',
  },
  submissions: { en: 'the folder they lie in', ja: '提出物のあるフォルダー' },
  out: { en: 'where grades go, and the journal', ja: '成績と記録の出力先' },
  lesson: { en: 'only this lesson (repeatable)', ja: 'この課だけ（複数指定可）' },
  roster: {
    en: 'who is in the class, as CSV: id,name,email,github',
    ja: '名簿の CSV: id,name,email,github',
  },
  late: {
    en: 'mark what came after a deadline: 2027-01-31T18:00:00+09:00',
    ja: '期限後の提出に印を付ける: 2027-01-31T18:00:00+09:00',
  },
  discount: { en: 'what that costs: 10% or 10%/day', ja: '期限後の提出の減点: 10% または 10%/day' },
  regrade: {
    en: 'judge again: a lesson, a learner, a grading, a suite by its hash (repeatable)',
    ja: '採点し直す: 課、学習者、採点、テストの版のハッシュ（複数指定可）',
  },
  jobs: { en: 'gradings at a time', ja: '同時に行う採点の数' },
  shard: { en: 'only part i of n of the class', ja: 'クラスを n 個に分けた i 番目だけ' },
  from: {
    en: 'take over the gradings of another --out (repeatable)',
    ja: '別の --out の採点結果を取り込む（複数指定可）',
  },
  queue: {
    en: 'let workers judge, by way of this Redis: redis://127.0.0.1:6379',
    ja: 'この Redis を通してワーカーに採点させる: redis://127.0.0.1:6379',
  },
  worker: {
    en: 'judge what is on a queue, until it is ended',
    ja: 'キューにある採点を処理し続ける（止めるまで）',
  },
  replay: {
    en: 'judge a grading once more, with its seed',
    ja: 'ある採点を同じシードでもう一度実行する',
  },
  id: { en: 'its id, as results tell it', ja: '結果に書かれた採点の ID' },
  same: { en: 'The same as before.', ja: '前回と同じ結果です。' },
  different: { en: 'Not the same as before.', ja: '前回と異なる結果です。' },
  otherSuite: {
    en: 'The suite is not the one that judged it then.',
    ja: '前回とは版の異なるテストで採点しました。',
  },
  unsafe: {
    en: 'grade without a sandbox where there is none: whoever submits can forge grades',
    ja: 'サンドボックスが使えなければ、なしで採点する（提出者が成績を偽造できる）',
  },
  wasUnsafe: {
    en: 'UNSAFE: graded without a sandbox; these grades could have been forged.',
    ja: 'UNSAFE: サンドボックスなしの採点です。成績は偽造されているかもしれません。',
  },
}
