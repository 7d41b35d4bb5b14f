import { Command } from 'commander'
import { say } from '../language.ts'
import { whichLesson } from '../lessons.ts'
import { positive } from '../parse.ts'
import type { StressOptions } from '../stress.ts'

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
    .action(async (lesson: string, options: StressOptions) => {
      const { stress } = await import('../stress.ts')
      await stress(lesson, options)
    })
}
