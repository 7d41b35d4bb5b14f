import { realpathSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { isInstalled } from '@socket-dojo/sandbox'
import { descendants, signal } from '../../sandbox/processes.ts'
import { installCommand } from '../doctor/install.ts'
import { startInForeground } from '../foreground.ts'
import { language } from '../language.ts'
import { isModule } from '../programs.ts'
import { UsageError } from '../usage.ts'
import { Reader } from './event.ts'
import { renderLine } from './render.ts'
import { Story } from './story.ts'
import { nodeCommand, straceCommand } from './strace.ts'

/**
 * Runs a program under strace. The story goes to standard output as it happens, what the program itself prints to
 * standard error. Resolves with the program's exit status.
 * @throws {UsageError} where there is no strace.
 */
export async function run(path: string, args: string[], raw: boolean): Promise<number> {
  if (!isInstalled('strace')) throw noStrace()
  const real = realpathSync(path)
  const command = nodeCommand(real, args, isModule(real) ? language : undefined)
  // Descriptor 3 of strace is the terminal: the program's output.
  const stdio = ['inherit' as const, 2, 'pipe' as const, 2]
  const { child, exited } = startInForeground(straceCommand(command, raw), stdio, (strace) => {
    // strace itself goes on, to tell of the end.
    for (const { pid } of descendants(strace.pid!).slice(1)) signal(pid, 'SIGINT')
  })
  const lines = createInterface({ input: child.stderr as Readable })
  const reader = new Reader()
  const story = new Story(real, (line) => {
    console.log(renderLine(line, process.stdout.columns ?? Infinity))
  })
  for await (const line of lines) {
    const event = raw ? undefined : reader.read(line)
    if (event) story.read(event)
    else if (raw) console.log(line)
    else if (line.startsWith('strace: ')) console.error(line)
  }
  return exited
}

function noStrace(): UsageError {
  if (process.platform !== 'linux') {
    return new UsageError({
      en: `trace needs strace, which Linux has; this is ${process.platform}. On macOS the dev container of this course has it.`,
      ja: `trace には Linux の strace が必要です（ここは ${process.platform} です）。macOS では、このコースの dev container で使えます。`,
    })
  }
  const install = installCommand(['strace'])
  return new UsageError({
    en: `trace needs strace, which is not installed: ${install}`,
    ja: `trace には strace が必要です。インストールするには: ${install}`,
  })
}
