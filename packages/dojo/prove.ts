import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chooseProfile } from '@socket-dojo/sandbox'
import type { Tally } from './commands/verify.ts'
import type { Judge } from './judge/judge.ts'
import { withJudges } from './judge/pool.ts'
import { Known } from './known.ts'
import { findLesson, type LessonPlace, lessons } from './lessons.ts'
import type { Report } from './report/report.ts'
import { renderText } from './report/text.ts'
import { gradeSample, type Sample, samples, whatFailed, whatIsWrong } from './samples.ts'

export interface ProveOptions {
  record?: true
  only?: string
}

/**
 * Proves one lesson or all: prints a line for each sample. The exit status is 1 where one is not as it should be.
 * A sample differs from the solution in a file or two: the checks of the other files are those of the solution, and
 * judged once.
 */
export async function prove(wanted: string | undefined, options: ProveOptions): Promise<void> {
  const chosen = wanted === undefined ? lessons() : [findLesson(wanted)]
  const all = chosen.flatMap(samples).filter(({ name }) => name.includes(options.only ?? ''))
  const failed: string[] = []
  const ofSolutions = new Map(chosen.map(({ name }) => [name, new Known()]))
  const proveOne = async (judge: Judge, sample: Sample): Promise<void> => {
    const ofSolution = ofSolutions.get(sample.lesson.name)
    const known = sample.kind === 'solution' ? ofSolution : new Known(ofSolution)
    const report = await gradeSample(judge, sample, { known })
    const problem =
      whatIsWrong(sample, report) ?? compareOrRecord(sample, report, options.record ?? false)
    const line = `${sample.lesson.name} ${sample.name} ${report.points}/${report.maximum}`
    const told = problem && [line, problem, ...whatFailed(report)].join('\n')
    const failure = told?.replaceAll('\n', '\n    ')
    if (failure !== undefined) failed.push(failure)
    console.log(failure === undefined ? `✓ ${line}` : `✗ ${failure}`)
  }
  const choice = await chooseProfile('auto')
  const width = availableParallelism()
  const isSolution = ({ kind }: Sample) => kind === 'solution'
  await withJudges(choice, width, all.filter(isSolution), proveOne)
  await withJudges(
    choice,
    width,
    all.filter((sample) => !isSolution(sample)),
    proveOne,
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
      return `expected report.${language}.txt, found another report (pnpm dojo prove ${sample.lesson.name} --record writes it anew):\n${firstDifference(withoutSteps(recorded), withoutSteps(text))}`
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

function firstDifference(recorded: string, text: string): string {
  const [before, now] = [recorded.split('\n'), text.split('\n')]
  const at = now.findIndex((line, index) => line !== before[index])
  return `line ${at + 1}\n- ${before[at] ?? ''}\n+ ${now[at] ?? ''}`
}
