import { join } from 'node:path'
import type { Command } from 'commander'
import { language } from '../language.ts'
import { findProgram, isModule, offer, programCommand } from '../programs.ts'

/** `start <lesson> [program] [arguments…]`: runs a program of the learner, and again on each save. */
export function command(): Command {
  return programCommand('start', {
    en: 'run one of your programs, and start it again when you save',
    ja: 'プログラムを実行し、保存するたびに再起動する',
  }).action(start)
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
