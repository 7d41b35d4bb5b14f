import { stat } from 'node:fs/promises'
import type { Text } from '@socket-dojo/testkit/text'
import { type Entry as ZipEntry, openPromise, type ZipFile } from 'yauzl'
import { type Archive, type Entry, IntakeError, limits, tooLarge, tooMany } from './archive.ts'

/** A submission that is a `.zip`. Only its index is read, and then the entries that are wanted. */
export async function openZip(path: string): Promise<Archive> {
  const found = new Map<Entry, ZipEntry>()
  await withZip(path, (zip) => index(zip, found))
  return {
    entries: [...found.keys()],
    time: (await stat(path)).mtime,
    read: (wanted) =>
      withZip(path, async (zip) => {
        const contents = new Map<Entry, Buffer | Text>()
        for (const entry of wanted) contents.set(entry, await inflate(zip, found.get(entry)!))
        return contents
      }),
  }
}

async function withZip<T>(path: string, work: (zip: ZipFile) => Promise<T>): Promise<T> {
  let zip: ZipFile | undefined
  try {
    // Names are decoded here: yauzl would give up the whole archive for one bad name.
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false })
    return await work(zip)
  } catch (error) {
    if (error instanceof IntakeError) throw error
    const said = (error as Error).message
    throw new IntakeError({
      en: `it cannot be read as a .zip: ${said}`,
      ja: `.zip として読めません: ${said}`,
    })
  } finally {
    zip?.close()
  }
}

function index(zip: ZipFile, found: Map<Entry, ZipEntry>): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry: ZipEntry) => {
      const path = decode(entry.fileName as unknown as Buffer)
      if (path !== undefined && !path.endsWith('/'))
        found.set({ path, kind: kindOf(entry), size: entry.uncompressedSize }, entry)
      if (zip.entriesRead > limits.entries) reject(tooMany())
      else zip.readEntry()
    })
    zip.readEntry()
  })
}

/** Names that are not UTF-8 are nobody's: a lesson's files have plain ones. */
function decode(name: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(name).replaceAll('\\', '/')
  } catch {
    return undefined
  }
}

/** The upper half holds what stat(2) says where it was made by a Unix, else 0. Anything but a file is not read. */
function kindOf({ externalFileAttributes }: ZipEntry): Entry['kind'] {
  const type = (externalFileAttributes >>> 16) & 0o170000
  if (type === 0o120000) return 'link'
  return type === 0 || type === 0o100000 ? 'file' : 'other'
}

async function inflate(zip: ZipFile, entry: ZipEntry): Promise<Buffer | Text> {
  if (entry.isEncrypted()) return { en: 'encrypted', ja: '暗号化されています' }
  if (entry.uncompressedSize > limits.fileBytes) return tooLarge
  const stream = await zip.openReadStreamPromise(entry)
  const pieces: Buffer[] = []
  // yauzl ends with an error when more comes out than the index claims.
  for await (const piece of stream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
