import { Command } from 'commander'
import { say } from '../language.ts'
import type { ProveOptions } from '../prove.ts'

/** `prove [lesson]`: shows that a lesson is right, with programs whose verdict is known. */
export function command(): Command {
  return new Command('prove')
    .description(
      say({
        en: 'prove a lesson: solution and right programs get every point, each wrong one its recorded report',
        ja: '課を検証する: 解答例と正しいプログラムは満点、誤ったプログラムは記録どおりのレポート',
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
    .action(async (lesson: string | undefined, options: ProveOptions) => {
      const { prove } = await import('../prove.ts')
      await prove(lesson, options)
    })
}
