import { constants, type Dirent } from 'node:fs'
import { lstat, open, readdir, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Text } from '@socket-dojo/testkit/text'
import { type Archive, type Entry, ignored, limits, tooLarge, tooMany } from './archive.ts'

/** A submission that is a folder. Its time is that of its newest file. */
export async function openFolder(folder: string): Promise<Archive> {
  const top = await realpath(folder)
  const entries: Entry[] = []
  let newest = 0
  const walk = async (within: string): Promise<void> => {
    for (const found of await readdir(join(top, within), { withFileTypes: true })) {
      if (ignored.has(found.name)) continue
      const path = within === '' ? found.name : `${within}/${found.name}`
      if (found.isDirectory()) await walk(path)
      else {
        const { size, mtimeMs } = await lstat(join(top, path))
        entries.push({ path, kind: kindOf(found), size })
        newest = Math.max(newest, mtimeMs)
      }
      if (entries.length > limits.entries) throw tooMany()
    }
  }
  await walk('')
  return {
    entries,
    time: new Date(newest),
    read: async (wanted) => {
      const contents = new Map<Entry, Buffer | Text>()
      for (const entry of wanted) contents.set(entry, await readRegular(top, entry.path))
      return contents
    },
  }
}

const kindOf = (found: Dirent) =>
  found.isFile() ? 'file' : found.isSymbolicLink() ? 'link' : 'other'

/**
 * Reads a regular file below `top`. O_NOFOLLOW keeps from a link that was put there since the look, O_NONBLOCK
 * from waiting for a FIFO's writer. A hard link may be somebody else's file, so it is not read.
 */
async function readRegular(top: string, path: string): Promise<Buffer | Text> {
  const whole = join(top, path)
  if ((await realpath(dirname(whole))) !== dirname(whole)) return notRegular
  const file = await open(
    whole,
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
  ).catch(() => undefined)
  if (!file) return notRegular
  try {
    const found = await file.stat()
    if (!found.isFile()) return notRegular
    if (found.nlink > 1) return hardLink
    const buffer = Buffer.alloc(limits.fileBytes + 1)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return bytesRead > limits.fileBytes ? tooLarge : Buffer.from(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

const notRegular: Text = { en: 'not a regular file', ja: '通常のファイルではありません' }
const hardLink: Text = {
  en: 'a file with a second name (hard link): copy it',
  ja: '別名のあるファイル（ハードリンク）です。コピーしてください',
}
