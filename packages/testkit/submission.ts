import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Lesson } from './lesson.ts'
import { addPackages } from './packages.ts'
import { join as joinTexts, same, type Text } from './text.ts'

/** Why a file cannot run: it is not there, it does not parse, or it has TypeScript that cannot be erased. */
export interface Problem {
  kind: 'missing' | 'syntax' | 'erase'
  what: Text
}

/** A submission made ready to run: types stripped, and nothing in it but the files that the lesson asks for. */
export interface Prepared {
  /** Holds `submission/` with the learner's files, `course/` with what runs them, and what they may import. */
  directory: string
  /** Why a file cannot run, by its name. A file that is not named here can. */
  problems: Record<string, Problem>
  /** What runs of each file that can, by its name: its source without types. */
  sources: Record<string, string>
  /** Removes the directory. */
  remove: () => void
}

/**
 * Prepares the files that a lesson asks for. Types are stripped here, once: each start of a program would pay for
 * it again. Lines and columns stay, so what Node prints still points into the learner's source.
 */
export function prepare(
  submission: string,
  { files, packages = [] }: Pick<Lesson, 'files' | 'packages'>,
): Prepared {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'dojo-'))
  directories.add(directory)
  const target = join(directory, 'submission')
  const problems: Record<string, Problem> = {}
  const sources: Record<string, string> = {}
  chmodSync(directory, 0o755) // The program inside may be another user.
  mkdirSync(target)
  for (const file of files) {
    const source = read(submission, file)
    const code = typeof source === 'string' ? strip(file, source) : source
    if (typeof code === 'string') sources[file] = code
    else problems[file] = code
  }
  for (const [file, code] of Object.entries(sources)) writeFileSync(join(target, file), code)
  addCourse(join(directory, 'course'))
  addPackages(join(directory, 'node_modules'), packages)
  return { directory, problems, sources, remove: () => remove(directory) }
}

/** Why a file of a submission cannot run; undefined where it can. */
export function problemOf(submission: string, file: string): Problem | undefined {
  const source = read(submission, file)
  const code = typeof source === 'string' ? strip(file, source) : source
  return typeof code === 'string' ? undefined : code
}

/** What is not removed by then, goes with the process: a run that is cut short leaves nothing behind. */
const directories = new Set<string>()
process.on('exit', () => directories.forEach(remove))

function remove(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
  directories.delete(directory)
}

/** The source of a file, or why there is none. Only a regular file is read: another kind could block, or lead elsewhere. */
function read(submission: string, file: string): string | Problem {
  const path = join(submission, file)
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) {
    const missing = { en: `${file} is missing`, ja: `${file} がありません` }
    return { kind: 'missing', what: joinTexts([missing, lookalike(submission, file)]) }
  }
  if (!found.isFile()) {
    const what = {
      en: `${file} is not a regular file`,
      ja: `${file} は通常のファイルではありません`,
    }
    return { kind: 'missing', what }
  }
  if (found.size > sourceCap) {
    const most = `${sourceCap / 1024} KiB`
    const what = { en: `${file} is larger than ${most}`, ja: `${file} が ${most} を超えています` }
    return { kind: 'missing', what }
  }
  return readFileSync(path, 'utf8')
}

/** The most that a source file may have, in bytes. */
const sourceCap = 256 * 1024

/** A file that the learner may have meant: another case, another ending, a dash more or less. */
function lookalike(submission: string, file: string): Text {
  const letters = (name: string) =>
    name
      .toLowerCase()
      .replace(/\.[^.]*$/, '')
      .replace(/[^a-z0-9]/g, '')
  const found = list(submission).find((name) => letters(name) === letters(file))
  return found === undefined
    ? { en: ` from ${basename(submission)}`, ja: `（探した場所: ${basename(submission)}）` }
    : { en: `; there is ${found}: rename it`, ja: `。${found} ならあります。名前を変えてください` }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function strip(file: string, source: string): string | Problem {
  try {
    return stripTypeScriptTypes(source)
  } catch (error) {
    return syntaxProblem(file, source, error as NodeJS.ErrnoException)
  }
}

/** What the parser says, with the line itself: Node puts its number in front of the stack. */
function syntaxProblem(
  file: string,
  source: string,
  { code, message, stack = '' }: NodeJS.ErrnoException,
): Problem {
  const number = Number(/^\S*:(\d+)\n/.exec(stack)?.[1] ?? 1)
  const line = (source.split('\n')[number - 1] ?? '').trim()
  const cannotErase = code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX'
  const what = joinTexts(
    [
      {
        en: `${file}, line ${number}: ${cannotErase ? 'this TypeScript cannot be run by erasing its types' : 'this does not parse'}`,
        ja: `${file} の ${number} 行目: ${cannotErase ? '型を消すだけでは実行できない TypeScript です' : '構文が正しくありません'}`,
      },
      same(`  ${line}`),
      same(message),
    ],
    '\n',
  )
  return { kind: cannotErase ? 'erase' : 'syntax', what }
}

/** What runs a submission, stripped likewise. */
function addCourse(target: string): void {
  mkdirSync(target)
  for (const file of ['host.ts', 'wire.ts']) {
    course[file] ??= stripTypeScriptTypes(
      readFileSync(join(import.meta.dirname, 'inside', file), 'utf8'),
    )
    writeFileSync(join(target, file), course[file])
  }
  copyFileSync(preload, join(target, 'typescript.cjs'))
}

const course: Record<string, string> = {}
process.removeAllListeners('warning') // That stripTypeScriptTypes is experimental: it is pinned with Node.
const preload = join(import.meta.dirname, '../sandbox/inside/typescript.cjs')
