import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startInForeground } from '../foreground.ts'
import { language } from '../language.ts'

/** Runs a program with its arguments, and again on each save, by `tsx watch`. Resolves with the exit status. */
export function watchProgram(path: string, args: string[]): Promise<number> {
  const tsx = dirname(createRequire(import.meta.url).resolve('tsx/package.json'))
  const inside = pathToFileURL(join(import.meta.dirname, 'inside.ts'))
  inside.searchParams.set('language', language)
  const command = [
    process.execPath,
    `--import=data:text/javascript,${encodeURIComponent(deaf)}`,
    join(tsx, 'dist/cli.mjs'),
    ...['watch', '--clear-screen=false', `--import=${inside.href}`],
    ...[path, ...args],
  ]
  return startInForeground(command, 'inherit').exited
}

/** The keyboard is the program's: tsx would take each Enter for the wish to restart. */
const deaf =
  "import { Readable } from 'node:stream'; Object.defineProperty(process, 'stdin', { value: new Readable({ read() {} }) })"
