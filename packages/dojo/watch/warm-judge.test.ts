import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startJudge } from '../judge/judge.ts'
import { Known } from '../known.ts'
import { lessons } from '../lessons.ts'
import { allPassed, type Report } from '../report/report.ts'
import { gradeSample, layOut, type Sample, samples } from '../samples.ts'
import { WarmJudge } from './warm-judge.ts'

/**
 * Which samples to compare: `DOJO_SAMPLES=all`, or a part of their names (`lesson-3`, `wrong/echo-all`). Else a few of
 * each lesson.
 */
const wanted = process.env.DOJO_SAMPLES

for (const lesson of lessons()) {
  const chosen = choose(samples(lesson))
  test.runIf(chosen.length > 0)(
    `${lesson.name}: a warm judge's verdicts are those of a cold one`,
    { timeout: 240_000 * (1 + chosen.length) },
    async () => {
      const warm = await WarmJudge.start()
      onTestFinished(() => warm.close())
      const known = new Known()
      await gradeWarm(warm, samples(lesson)[0]!, known)
      for (const sample of chosen) {
        const [now, then] = [await gradeWarm(warm, sample, known), await gradeCold(sample)]
        expect({ of: sample.name, ...told(now) }).toEqual({ of: sample.name, ...told(then) })
      }
    },
  )
}

test('what still holds is not judged again', { timeout: 240_000 }, async () => {
  const solution = samples(lessons()[1]!)[0]!
  const warm = await WarmJudge.start()
  onTestFinished(() => warm.close())
  const known = new Known()
  const whole = await gradeWarm(warm, solution, known)
  const [change] = samples(lessons()[1]!).filter(({ name }) => name.includes('exchange-pieces'))
  const changed = await gradeWarm(warm, change!, known)
  const echo = ({ checks }: Report) => checks.filter(({ id }) => id.startsWith('echo-'))
  expect(echo(changed)).toEqual(echo(whole)) // To the millisecond.
  expect(allPassed(changed)).toBe(false)
})

test(
  'a run that is interrupted has no report, and the next one has its own',
  { timeout: 240_000 },
  async () => {
    const [solution] = samples(lessons()[1]!)
    const warm = await WarmJudge.start()
    onTestFinished(() => warm.close())
    const folder = scratch()
    const first = warm.grade(solution!.lesson, layOut(solution!, folder), {
      onVerdict: () => warm.interrupt(),
    })
    expect(await first).toBe(undefined)
    expect(allPassed(await gradeWarm(warm, solution!, new Known()))).toBe(true)
  },
)

function choose(all: Sample[]): Sample[] {
  if (wanted === 'all') return all
  if (wanted !== undefined)
    return all.filter(({ lesson, name }) => `${lesson.name}/${name}`.includes(wanted))
  const [right, wrong] = (['right', 'wrong'] as const).map((kind) =>
    all.filter((sample) => sample.kind === kind),
  ) as [Sample[], Sample[]]
  return [right[0], wrong[0], wrong[Math.floor(wrong.length / 2)]].filter(
    (one) => one !== undefined,
  )
}

/** As the loop does: with a judge that has judged other things before, and what is known of them. */
async function gradeWarm(warm: WarmJudge, sample: Sample, known: Known): Promise<Report> {
  const report = await warm.grade(sample.lesson, layOut(sample, scratch()), { seed: '1', known })
  return report!
}

/** As `pnpm test` does: with a judge of its own. */
async function gradeCold(sample: Sample): Promise<Report> {
  const judge = await startJudge()
  try {
    return await gradeSample(judge, sample)
  } finally {
    await judge.close()
  }
}

/** What a learner is told. The steps of a story that ends in a crash may differ by one from run to run. */
const told = ({ points, maximum, checks, fault }: Report) => ({
  points,
  maximum,
  fault,
  checks: checks.map(({ id, outcome, because, failure }) => ({ id, outcome, because, failure })),
})

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-warm-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
