import type { Command } from 'commander'
import { say } from '../language.ts'
import { findProgram, offer, programCommand } from '../programs.ts'

interface Options {
  in: string
  raw?: true
}

/** `trace <lesson> [program] [arguments…]`: runs a program of the learner under strace, and tells its system calls. */
export function command(): Command {
  return programCommand('trace', {
    en: 'run one of your programs and watch its system calls: socket, bind, listen, accept …',
    ja: 'プログラムを実行し、システムコール（socket、bind、listen、accept など）を順に表示する',
  })
    .option(
      '--raw',
      say({
        en: "every call as strace shows it, Node's own too; stands before the lesson",
        ja: 'Node 自身のものも含め、すべてを strace の表示のまま出す（課の名前より前に書く）',
      }),
    )
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
