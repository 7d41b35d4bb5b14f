import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chooseProfile } from '@socket-dojo/sandbox'
import { Command } from 'commander'
import { withJudges } from '../judge/pool.ts'
import { say } from '../language.ts'
import { findLesson, type LessonPlace, lessons } from '../lessons.ts'
import type { Report } from '../report/report.ts'
import { renderText } from '../report/text.ts'
import type { Tally } from './verify.ts'
import { gradeSample, type Sample, samples, whatIsWrong } from '../samples.ts'

interface Options {
  record?: true
  only?: string
}

/** `prove [lesson]`: shows that a lesson is right, with programs whose verdict is known. */
export function command(): Command {
  return new Command('prove')
    .description(
      say({
        en: 'prove a lesson: solution and right programs get every point, each wrong one its recorded report',
        ja: '課を検証する: 解答と正しいプログラムは満点、誤ったプログラムは記録どおりのレポート',
      }),
    )
    .argument('[lesson]', say({ en: 'all where it is left out', ja: '省略するとすべて' }))
    .option(
      '--record',
      say({
        en: 'write the reports of the wrong programs anew',
        ja: '誤ったプログラムのレポートを記録し直す',
      }),
    )
    .option(
      '--only <text>',
      say({ en: 'only programs with this in their name', ja: '名前にこれを含むプログラムだけ' }),
    )
    .action(prove)
}

async function prove(wanted: string | undefined, options: Options): Promise<void> {
  const chosen = wanted === undefined ? lessons() : [findLesson(wanted)]
  const all = chosen.flatMap(samples).filter(({ name }) => name.includes(options.only ?? ''))
  const failed: string[] = []
  await withJudges(
    await chooseProfile('auto'),
    availableParallelism(),
    all,
    async (judge, sample) => {
      const report = await gradeSample(judge, sample)
      const problem =
        whatIsWrong(sample, report) ?? compareOrRecord(sample, report, options.record ?? false)
      const line = `${sample.lesson.name} ${sample.name} ${report.points}/${report.maximum}`
      const failure = problem && `${line}\n    ${problem.replaceAll('\n', '\n    ')}`
      if (failure !== undefined) failed.push(failure)
      console.log(failure === undefined ? `✓ ${line}` : `✗ ${failure}`)
    },
  )
  const tally: Tally = { passed: all.length - failed.length, failures: failed }
  console.log(`${tally.passed} passed, ${failed.length} failed`)
  if (chosen.length === 1 && options.only === undefined) keep(chosen[0]!, tally)
  process.exitCode = failed.length === 0 ? 0 : 1
}

/** For `verify`. */
function keep(lesson: LessonPlace, tally: Tally): void {
  const folder = join(lesson.folder, '.cache/verify')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'proof.json'), JSON.stringify(tally))
}

/** The reports of wrong programs lie beside them, one a language. Returns how they differ from this one. */
function compareOrRecord(sample: Sample, report: Report, record: boolean): string | undefined {
  if (sample.kind !== 'wrong') return undefined
  for (const language of ['en', 'ja'] as const) {
    const path = join(sample.folder, `report.${language}.txt`)
    const text = renderText(report, { language, colour: false })
    if (record) writeFileSync(path, text)
    const recorded = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (withoutSteps(recorded) !== withoutSteps(text)) {
      const difference = firstDifference(withoutSteps(recorded), withoutSteps(text))
      return `expected report.${language}.txt, found another report (pnpm dojo prove ${sample.lesson.name} --record writes it anew):\n${difference}\n${failures(report)}`
    }
  }
  return undefined
}

/**
 * A report without the numbered steps of its story: how far a client got with a program that was just giving up is
 * chance in a few stories. All else has to be the same, word for word.
 */
function withoutSteps(report: string): string {
  return report
    .split('\n\n')
    .filter((paragraph) => !/^ +1\. /.test(paragraph))
    .join('\n\n')
}

/** What each failed check says: a report shows the first one in full, and it may be another that is not as recorded. */
const failures = ({ checks }: Report): string =>
  checks.flatMap(({ id, failure }) => (failure ? `${id}: ${failure.what.en}` : [])).join('\n')

function firstDifference(recorded: string, text: string): string {
  const [before, now] = [recorded.split('\n'), text.split('\n')]
  const at = now.findIndex((line, index) => line !== before[index])
  return `line ${at + 1}\n- ${before[at] ?? ''}\n+ ${now[at] ?? ''}`
}
