import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startInForeground } from '../foreground.ts'
import { language } from '../language.ts'

/**
 * Runs a program with its arguments, and again on each save, by `tsx watch`, until Ctrl-C; where no terminal is, until
 * the program ends by itself. Resolves with the exit status of its last run.
 */
export async function watchProgram(path: string, args: string[]): Promise<number> {
  const tsx = dirname(createRequire(import.meta.url).resolve('tsx/package.json'))
  const inside = pathToFileURL(join(import.meta.dirname, 'inside.ts'))
  const folder = mkdtempSync(join(tmpdir(), 'dojo-start-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  inside.searchParams.set('language', language)
  inside.searchParams.set('status', join(folder, 'status'))
  const command = [
    process.execPath,
    `--import=data:text/javascript,${encodeURIComponent(deaf)}`,
    join(tsx, 'dist/cli.mjs'),
    ...['watch', '--clear-screen=false', `--import=${inside.href}`],
    ...[path, ...args],
  ]
  const watched = await startInForeground(command, 'inherit').exited
  return statusIn(join(folder, 'status')) ?? watched
}

/** tsx does not tell how a program has ended: the program does, by itself. */
function statusIn(path: string): number | undefined {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The keyboard is the program's: tsx would take each Enter for the wish to restart. */
const deaf =
  "import { Readable } from 'node:stream'; Object.defineProperty(process, 'stdin', { value: new Readable({ read() {} }) })"
