import { Command, InvalidArgumentError } from 'commander'
import type { BenchOptions } from '../bench/bench.ts'
import { say } from '../language.ts'

/** `bench`: what a learner waits for, in one session, each round paired with the yardstick: an empty `vitest run`. */
export function command(): Command {
  return new Command('bench')
    .description(
      say({
        en: 'measure what a learner waits for, against an empty vitest run of the same minute',
        ja: '学習者が待つ時間を、同じ条件の空の vitest run と比べて測る',
      }),
    )
    .option('--rounds <n>', say({ en: 'rounds, at least 7', ja: '回数（7 以上）' }), rounds, 7)
    .option(
      '--saves <n>',
      say({ en: 'saves in watch mode, at least 14', ja: 'watch モードで保存する回数（14 以上）' }),
      saves,
      14,
    )
    .option('--json', say({ en: 'print the results as JSON', ja: '結果を JSON で出力する' }))
    .action(async (options: BenchOptions) => {
      const { bench } = await import('../bench/bench.ts')
      await bench(options)
    })
}

const rounds = (text: string) => atLeast(7, text)
const saves = (text: string) => atLeast(14, text)

function atLeast(least: number, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= least) return number
  throw new InvalidArgumentError(
    say({
      en: `Expected a whole number of at least ${least}.`,
      ja: `${least} 以上の整数を指定してください。`,
    }),
  )
}
