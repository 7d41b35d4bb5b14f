import { chooseProfile } from '@socket-dojo/sandbox'
import { withJudges } from './judge/pool.ts'
import { findLesson } from './lessons.ts'
import { gradeSample, samples, whatFailed, whatIsWrong } from './samples.ts'

export interface StressOptions {
  runs: number
  parallel: number
  only: string
}

/** Grades samples again and again, and prints each wrong verdict. The exit status is 1 where there was one. */
export async function stress(
  wanted: string,
  { runs, parallel, only }: StressOptions,
): Promise<void> {
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
      for (const line of whatFailed(report)) console.log(`    ${line}`)
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
