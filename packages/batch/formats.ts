import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Language } from '@socket-dojo/testkit/text'
import type { Class } from './result.ts'

/** A format that other systems take: a file of `formats/`, named for it. */
export interface Format {
  /**
   * What a class is in this format: files with their paths, relative to the folder of the grades. Pure: the same class
   * gives the same texts.
   */
  write: (results: Class, language: Language) => Iterable<[path: string, text: string]>
}

/** All formats by name: the folder is the list. */
export const formats = readdirSync(join(import.meta.dirname, 'formats'))
  .map((file) => basename(file, '.ts'))
  .filter((name) => !name.endsWith('.test'))
  .toSorted()

/** What to write, and how. */
export interface WriteOptions {
  /** Names of formats. Default: all. */
  formats?: string[]
  /** The language of texts in formats that have one only. Default: `en`. */
  language?: Language
}

/**
 * Writes the results of a class into a folder, in each format. What the same formats left there before is replaced,
 * whole files only: nobody ever reads half of one. Other files are left as they are.
 * @returns the paths that were written, relative to the folder.
 * @throws the system's own error where a file cannot be written.
 */
export async function writeResults(
  folder: string,
  results: Class,
  { formats: wanted = formats, language = 'en' }: WriteOptions = {},
): Promise<string[]> {
  const written: string[] = []
  const cleared = new Set<string>()
  for (const name of wanted) {
    const { write } = (await import(join(import.meta.dirname, 'formats', `${name}.ts`))) as Format
    for (const [path, text] of write(results, language)) {
      const place = path.split('/')[0]!
      // Of an earlier class somebody may be left who is not in this one.
      if (!cleared.has(place)) rmSync(join(folder, place), { recursive: true, force: true })
      cleared.add(place)
      replace(join(folder, path), text)
      written.push(path)
    }
  }
  return written
}

function replace(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(`${path}.part`, text)
  renameSync(`${path}.part`, path)
}
