import { chooseProfile } from '@socket-dojo/sandbox'
import { Command } from 'commander'
import { withJudges } from '../judge/pool.ts'
import { say } from '../language.ts'
import { findLesson, whichLesson } from '../lessons.ts'
import { positive } from '../parse.ts'
import { gradeSample, samples, whatIsWrong } from '../samples.ts'

interface Options {
  runs: number
  parallel: number
  only: string
}

/** `stress <lesson>`: grades programs of known verdict again and again, many at once, and counts verdicts that differ. */
export function command(): Command {
  return new Command('stress')
    .description(
      say({
        en: 'grade programs of known verdict many times at once, and count wrong verdicts',
        ja: '結果のわかっているプログラムを同時に何度も採点し、誤った判定を数える',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .option('--runs <n>', say({ en: 'gradings in all', ja: '採点の回数' }), positive, 100)
    .option(
      '--parallel <n>',
      say({ en: 'gradings at a time', ja: '同時に行う採点の数' }),
      positive,
      8,
    )
    .option(
      '--only <text>',
      say({ en: 'only programs with this in their name', ja: '名前にこれを含むプログラムだけ' }),
      '',
    )
    .action(stress)
}

async function stress(wanted: string, { runs, parallel, only }: Options): Promise<void> {
  const chosen = samples(findLesson(wanted)).filter(({ name }) => name.includes(only))
  const items = Array.from({ length: runs }, (_, run) => ({
    run,
    sample: chosen[run % chosen.length]!,
  }))
  const started = performance.now()
  const problems = await withJudges(
    await chooseProfile('auto'),
    parallel,
    items,
    async (judge, { run, sample }) => {
      const report = await gradeSample(judge, sample, { seed: `stress ${run}` })
      const problem = whatIsWrong(sample, report)
      if (problem === undefined) return undefined
      console.log(`✗ run ${run}, ${sample.name}: ${problem}`)
      for (const { id, outcome, failure } of report.checks) {
        if (outcome === 'failed') console.log(`    ${id}: ${failure?.what.en}`)
      }
      return problem
    },
  )
  const wrong = problems.filter((problem) => problem !== undefined).length
  const seconds = (performance.now() - started) / 1000
  console.log(
    `${runs} gradings, ${parallel} at once, ${seconds.toFixed(0)} s: ${wrong} wrong verdicts`,
  )
  process.exitCode = wrong === 0 ? 0 : 1
}
