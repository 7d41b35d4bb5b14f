import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '@socket-dojo/dojo/usage'
import { journalName } from './journal.ts'
import type { Class, Result } from './result.ts'

/** A format: what a class is written as for another system. Each is a file in `formats/`. */
interface Format {
  /** Contents by path below the output folder. */
  files: (theClass: Class) => Record<string, string> | Promise<Record<string, string>>
}

/**
 * Makes the output folder, or takes one that an earlier run has made.
 * @throws {UsageError} when there is something else in it.
 */
export function prepareOutput(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const found = readdirSync(folder)
  if (found.length === 0 || found.includes(journalName)) return
  throw new UsageError({
    en: `${folder} exists, and was not made by this command: nothing in it was touched. Choose another folder with --out.`,
    ja: `${folder} はこのコマンドが作ったものではないため、何も変更していません。--out で別のフォルダーを指定してください。`,
  })
}

/** Writes the class as data, each result as data, and every format. */
export async function writeClass(folder: string, theClass: Class): Promise<void> {
  write(join(folder, 'class.json'), json(theClass))
  for (const result of theClass.results) write(join(folder, pathOf(result)), json(result))
  for (const name of formats) {
    const { files } = (await import(join(formatFolder, name))) as Format
    for (const [path, content] of Object.entries(await files(theClass)))
      write(join(folder, path), content)
  }
}

/** `results/ada/lesson-2-tcp-server.json` */
const pathOf = ({ learner, suite }: Result) =>
  join('results', fileName(learner.id), `${suite.lesson}.json`)

/** A name of one file or folder for any id: what could lead elsewhere, or that a file system does not take, as %XX. */
export function fileName(id: string): string {
  const safe = encodeURIComponent(id)
    .replaceAll(/[!'()*~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/^\./, '%2E')
  return safe.length <= 200
    ? safe
    : `${safe.slice(0, 180)}-${Buffer.from(id).toString('hex').slice(-19)}`
}

const formatFolder = join(import.meta.dirname, 'formats')
const formats = existsSync(formatFolder)
  ? readdirSync(formatFolder).filter((name) => /(?<!\.test)\.ts$/.test(name))
  : []

/** Whoever reads it meanwhile sees the old one or the new one, whole. */
function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.new`, content)
  renameSync(`${path}.new`, path)
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
