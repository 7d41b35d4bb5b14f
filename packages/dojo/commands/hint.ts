import { Command, InvalidArgumentError } from 'commander'
import { say } from '../language.ts'
import { whichLesson } from '../lessons.ts'

/** `hint <lesson>`: helps with the check that fails first, a little more at each level. */
export function command(): Command {
  return new Command('hint')
    .description(
      say({
        en: 'help with the check that fails first: a question, a pointer, almost the answer',
        ja: '最初に失敗しているチェックのヒントを出す: 問いかけ、手がかり、答えに近い説明',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .option(
      '--level <n>',
      say({ en: 'how much to say: 1, 2 or 3', ja: '1、2、3 のどこまで言うか' }),
      level,
      1,
    )
    .option(
      '--check <id>',
      say({
        en: 'help with this check, without judging',
        ja: 'このチェックのヒントを、採点せずに出す',
      }),
    )
    .option(
      '--in <folder>',
      say({ en: 'where the lessons are', ja: '課のあるフォルダー' }),
      'exercises',
    )
    .action(async (wanted: string, options: { level: number; check?: string; in: string }) => {
      const { hint } = await import('../hint.ts')
      await hint(wanted, options)
    })
}

function level(text: string): number {
  if (/^[123]$/.test(text)) return Number(text)
  throw new InvalidArgumentError(
    say({ en: 'Expected 1, 2 or 3.', ja: '1、2、3 のどれかを指定してください。' }),
  )
}
