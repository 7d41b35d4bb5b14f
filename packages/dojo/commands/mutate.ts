import { Command } from 'commander'
import { say } from '../language.ts'
import { whichLesson } from '../lessons.ts'

/** `mutate <lesson>`: changes the solution a little, in each place, and tells which changes no check catches. */
export function command(): Command {
  return new Command('mutate')
    .description(
      say({
        en: 'change the solution a little in each place, and tell which changes no check catches',
        ja: '解答例を 1 か所ずつ少し変え、どのチェックにも見つからない変更を表示する',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .option(
      '--only <text>',
      say({ en: 'only files with this in their name', ja: '名前にこれを含むファイルだけ' }),
      '',
    )
    .action(async (lesson: string, options: { only: string }) => {
      const { mutate } = await import('../mutate.ts')
      await mutate(lesson, options)
    })
}
