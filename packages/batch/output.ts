import { mkdirSync, readdirSync } from 'node:fs'
import { UsageError } from '@socket-dojo/dojo/usage'
import { journalName } from './journal.ts'

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
