import type { Text } from '@socket-dojo/testkit/text'

/** What one learner handed in, as its index tells: nothing of it has been written anywhere yet. */
export interface Archive {
  /** Every file and link in it, by its path from the top. Folders are not entries. */
  entries: Entry[]
  /** When it was handed in, as far as it tells. */
  time: Date
  /**
   * Reads some of the entries. What is larger than it claims, or than `limits` allow, comes as a sentence instead.
   * @throws {IntakeError} when the archive cannot be read.
   */
  read: (wanted: Entry[]) => Promise<Map<Entry, Buffer | Text>>
}

export interface Entry {
  /** `ada/lesson-2-tcp-server/echo.ts` */
  path: string
  /** Only a regular file is ever read. */
  kind: 'file' | 'link' | 'other'
  /** Bytes, as the index claims. */
  size: number
}

/** A submission cannot be taken in. It says why; nobody is judged for it. */
export class IntakeError extends Error {
  override name = 'IntakeError'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }
}

export const limits = {
  /** Entries of an archive. Who hands in `node_modules` has some ten thousand. */
  entries: 20_000,
  /** Files that are taken, and bytes of each and of all. */
  files: 64,
  fileBytes: 256 * 1024,
  bytes: 1024 * 1024,
  /** Bytes that come out of a compressed stream, at most so many for each that goes in, and at most so many in all. */
  ratio: 200,
  inflated: 256 * 1024 * 1024,
}

/** Folders that a submission may hold, and that nobody looks into. */
export const ignored = new Set(['.git', 'node_modules', '__MACOSX'])

/**
 * An entry's path in parts; undefined for one that could lead elsewhere (absolute, `..`), or that nobody looks at.
 * What is not taken needs no harmless name: nothing is ever written by the names of an archive.
 */
export function parts(path: string): string[] | undefined {
  const names = path.split('/').filter((name) => name !== '' && name !== '.')
  const leadsAway = path.startsWith('/') || /^[a-z]:/i.test(path) || names.includes('..')
  return leadsAway || names.some((name) => ignored.has(name)) ? undefined : names
}

export function tooMany(): IntakeError {
  return new IntakeError({
    en: `it has more than ${limits.entries} entries: hand in the lesson folders only, without node_modules`,
    ja: `項目が ${limits.entries} 個を超えています。node_modules を除き、課のフォルダーだけを提出してください`,
  })
}

export const tooLarge: Text = {
  en: `larger than ${limits.fileBytes / 1024} KiB`,
  ja: `${limits.fileBytes / 1024} KiB を超えています`,
}
