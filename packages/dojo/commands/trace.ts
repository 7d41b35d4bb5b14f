import { Command } from 'commander'
import { say } from '../language.ts'
import { whichLesson } from '../lessons.ts'
import { findProgram, offer } from '../programs.ts'

interface Options {
  in: string
  raw?: true
}

/** `trace <lesson> [program] [arguments…]`: runs a program of the learner under strace, and tells its system calls. */
export function command(): Command {
  return new Command('trace')
    .description(
      say({
        en: 'run one of your programs and watch its system calls: socket, bind, listen, accept …',
        ja: 'プログラムを実行し、システムコール（socket、bind、listen、accept など）を順に表示する',
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
      '--raw',
      say({
        en: "every call as strace shows it, Node's own too; stands before the lesson",
        ja: 'Node 自身のものも含め、すべてを strace の表示のまま出す（課の名前より前に書く）',
      }),
    )
    .option(
      '--in <folder>',
      say({
        en: 'where the lessons are; stands before the lesson',
        ja: '課のあるフォルダー（課の名前より前に書く）',
      }),
      'exercises',
    )
    .passThroughOptions() // What follows the program is the program's.
    .action(trace)
}

async function trace(
  wanted: string,
  program: string | undefined,
  args: string[],
  options: Options,
): Promise<void> {
  if (program === undefined) return console.log(await offer('trace', wanted))
  const { path } = await findProgram(wanted, program, options.in)
  const { run } = await import('../trace/run.ts')
  process.exitCode = await run(path, args, options.raw ?? false)
}
