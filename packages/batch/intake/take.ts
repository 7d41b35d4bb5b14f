import { createHash } from 'node:crypto'
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Text } from '@socket-dojo/testkit/text'
import { type Archive, limits } from './archive.ts'
import type { Found } from './locate.ts'

/** What was taken of one submission for one lesson. */
export interface Taken {
  /** SHA-256 of the names and contents, hexadecimal. */
  hash: string
  /** Contents by the names that the lesson asks for. */
  files: Record<string, Buffer>
  /** What was not taken, and why. */
  notes: Text[]
}

/** Takes the files that were found: regular ones only, none too large, and not too much of all. */
export async function take(archive: Archive, found: Found): Promise<Taken> {
  const notes: Text[] = []
  const files: Record<string, Buffer> = {}
  const regular = [...found].filter(([name, { kind }]) => {
    if (kind !== 'file') notes.push(refused(name, kind === 'link' ? link : special))
    return kind === 'file'
  })
  const contents = await archive.read(regular.slice(0, limits.files).map(([, entry]) => entry))
  let bytes = 0
  for (const [name, entry] of regular) {
    const content = contents.get(entry)
    if (Buffer.isBuffer(content)) bytes += content.length
    if (Buffer.isBuffer(content) && bytes <= limits.bytes) files[name] = content
    else
      notes.push(
        refused(name, content === undefined || Buffer.isBuffer(content) ? altogether : content),
      )
  }
  return { hash: hashOf(files), files, notes }
}

/** Writes what was taken into a fresh folder of the lesson's name, and returns that folder. `O_EXCL`: over nothing. */
export function layOut(files: Record<string, Buffer>, lesson: string): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'dojo-taken-')), lesson)
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) {
    const file = openSync(join(folder, name), fresh)
    writeFileSync(file, content)
    closeSync(file)
  }
  return folder
}

const fresh = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW

function hashOf(files: Record<string, Buffer>): string {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).toSorted())
    hash.update(`${name}\0${files[name]!.length}\0`).update(files[name]!)
  return hash.digest('hex')
}

const refused = (name: string, why: Text): Text => ({
  en: `${name} was not taken: ${why.en}`,
  ja: `${name} は受け取りませんでした: ${why.ja}`,
})
const link: Text = { en: 'a link', ja: 'リンクです' }
const special: Text = { en: 'not a regular file', ja: '通常のファイルではありません' }
const altogether: Text = {
  en: `all files together are larger than ${limits.bytes / 1024 / 1024} MiB`,
  ja: `ファイルの合計が ${limits.bytes / 1024 / 1024} MiB を超えています`,
}
