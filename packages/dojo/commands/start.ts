import { join } from 'node:path'
import { Command } from 'commander'
import { language, say } from '../language.ts'
import { whichLesson } from '../lessons.ts'
import { findProgram, isModule, offer } from '../programs.ts'

/** `start <lesson> [program] [arguments…]`: runs a program of the learner, and again on each save. */
export function command(): Command {
  return new Command('start')
    .description(
      say({
        en: 'run one of your programs, and start it again when you save',
        ja: 'プログラムを実行し、保存するたびに再起動する',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .argument(
      '[program]',
      say({
        en: 'its file, with or without .ts; without it you see which there are',
        ja: 'ファイル名（.ts は省略可）。省略すると一覧を表示する',
      }),
    )
    .argument('[arguments...]', say({ en: 'what it is started with', ja: 'プログラムに渡す引数' }))
    .option(
      '--in <folder>',
      say({
        en: 'where the lessons are; stands before the lesson',
        ja: '課のあるフォルダー（課の名前より前に書く）',
      }),
      'exercises',
    )
    .passThroughOptions() // What follows the program is the program's.
    .action(start)
}

async function start(
  wanted: string,
  program: string | undefined,
  args: string[],
  options: { in: string },
): Promise<void> {
  if (program === undefined) return console.log(await offer('start', wanted))
  const { path } = await findProgram(wanted, program, options.in)
  if (isModule(path)) {
    const { startInForeground } = await import('../foreground.ts')
    const prompt = join(import.meta.dirname, '../start/prompt.ts')
    const { exited } = startInForeground([process.execPath, prompt, path, language], 'inherit')
    process.exitCode = await exited
  } else {
    const { watchProgram } = await import('../start/watch.ts')
    process.exitCode = await watchProgram(path, args)
  }
}
