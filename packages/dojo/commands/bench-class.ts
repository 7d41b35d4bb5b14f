import { Command } from 'commander'
import { say } from '../language.ts'
import * as parse from '../parse.ts'

interface Options {
  size: number
  jobs: number
  json?: true
}

/** `bench-class`: what grading a class costs, against one `vitest run` process for each submission. */
export function command(): Command {
  return new Command('bench-class')
    .description(
      say({
        en: 'measure the grading of a class, against one vitest run process for each submission',
        ja: 'クラスの採点にかかる時間とメモリを、提出物ごとの vitest run と比べて測る',
      }),
    )
    .option(
      '--size <n>',
      say({ en: 'learners, 4 lessons each', ja: '学習者の数（各 4 課）' }),
      parse.positive,
      8,
    )
    .option(
      '--jobs <n>',
      say({ en: 'gradings at a time', ja: '同時に行う採点の数' }),
      parse.positive,
      4,
    )
    .option('--json', say({ en: 'print the results as JSON', ja: '結果を JSON で出力する' }))
    .action(bench)
}

async function bench({ size, jobs, json }: Options): Promise<void> {
  const { gradingCost, queueOverhead, usualCost } = await import('../../batch/index.ts')
  const usual = await usualCost(size)
  const once = await gradingCost(size, jobs)
  const twice = await gradingCost(2 * size, jobs)
  const queue = await queueOverhead(200)
  if (json) return console.log(JSON.stringify({ usual, once, twice, queue }, null, 2))
  for (const [name, cost] of Object.entries({
    'vitest run': usual,
    'pnpm grade': once,
    'twice as many': twice,
  })) {
    const rate = cost.gradings / cost.seconds
    console.log(
      `${name.padEnd(14)} ${String(cost.gradings).padStart(5)} gradings ${cost.seconds.toFixed(1).padStart(8)} s ${rate.toFixed(2).padStart(7)}/s ${String(cost.memory).padStart(6)} MiB`,
    )
  }
  const ratio = (once.gradings / once.seconds / (usual.gradings / usual.seconds)).toFixed(1)
  console.log(
    `${ratio} × the throughput of vitest run; a job spends ${queue.toFixed(1)} ms on the queue`,
  )
}
