import { Command } from 'commander'
import { say } from '../language.ts'
import type { TestOptions } from '../test.ts'

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
    .action(async (lesson: string | undefined, options: TestOptions) => {
      const { test } = await import('../test.ts')
      await test(lesson, options)
    })
}
