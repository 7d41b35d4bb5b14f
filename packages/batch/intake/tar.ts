import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Text } from '@socket-dojo/testkit/text'
import { extract, type Header } from 'tar-stream'
import { type Archive, type Entry, IntakeError, limits, tooLarge, tooMany } from './archive.ts'

/** A submission that is a `.tar.gz`: a stream, so it is read through once for its index and once for what is wanted. */
export async function openTar(path: string): Promise<Archive> {
  const { size, mtime } = await stat(path)
  const most = Math.min(limits.inflated, limits.ratio * size + 1024 * 1024)
  const entries: Entry[] = []
  await readThrough(path, most, (header) => {
    // tar-stream decodes names as UTF-8, and puts U+FFFD for what is none: such a name is nobody's.
    if (header.type !== 'directory' && !header.name.includes('\uFFFD'))
      entries.push(entryOf(header))
    if (entries.length > limits.entries) throw tooMany()
    return undefined
  })
  return {
    entries,
    time: mtime,
    read: async (wanted) => {
      const contents = new Map<Entry, Buffer | Text>()
      await readThrough(path, most, (header) => {
        const entry = wanted.find((one) => one.path === header.name)
        if (entry && header.type === 'file' && header.size <= limits.fileBytes)
          return (content) => contents.set(entry, content)
        if (entry) contents.set(entry, tooLarge)
        return undefined
      })
      return contents
    },
  }
}

const entryOf = ({ name, type, size }: Header): Entry => ({
  path: name,
  kind: type === 'file' ? 'file' : type === 'link' || type === 'symlink' ? 'link' : 'other',
  size,
})

/** Shows each header to `look`, which may ask for the content. Nothing but that content is kept. */
async function readThrough(
  path: string,
  most: number,
  look: (header: Header) => ((content: Buffer) => void) | undefined,
): Promise<void> {
  const tar = extract()
  const read = async () => {
    for await (const entry of tar) {
      const take = look(entry.header)
      const pieces: Buffer[] = []
      for await (const piece of entry) if (take) pieces.push(piece as Buffer)
      take?.(Buffer.concat(pieces))
    }
  }
  try {
    await Promise.all([
      pipeline(createReadStream(path), createGunzip(), (inflated) => counted(inflated, most), tar),
      read(),
    ])
  } catch (error) {
    tar.destroy()
    if (error instanceof IntakeError) throw error
    const said = (error as Error).message
    throw new IntakeError({
      en: `it cannot be read as a .tar.gz: ${said}`,
      ja: `.tar.gz として読めません: ${said}`,
    })
  }
}

async function* counted(inflated: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const piece of inflated) {
    bytes += piece.length
    if (bytes > most) throw bomb
    yield piece
  }
}

const bomb = new IntakeError({
  en: 'it unpacks to far more than a submission has',
  ja: '展開すると提出物としては大きすぎます',
})
