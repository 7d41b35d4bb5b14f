import { Command } from 'commander'
import { say } from '../language.ts'
import { whichLesson } from '../lessons.ts'

/** `solution <lesson>`: one's own answer beside the reference, and other right ones. */
export function command(): Command {
  return new Command('solution')
    .description(
      say({
        en: 'after a pass: compare your answer with the solution, and see other good ones',
        ja: '合格後に: 自分の答えを解答例と比べ、ほかの良い答えを見る',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .option('--yes', say({ en: 'also before it has passed', ja: '合格前でも表示する' }))
    .action(async (wanted: string, options: { yes?: true }) => {
      const { solution } = await import('../solution.ts')
      await solution(wanted, options)
    })
}
