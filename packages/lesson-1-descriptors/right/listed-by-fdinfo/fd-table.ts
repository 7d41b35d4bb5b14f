/** Lists the numbers from fdinfo, with an open folder, and takes kinds from the file type bits of the mode. */
import { constants, lstatSync, opendirSync, readFileSync, readlinkSync, statSync } from 'node:fs'

export type FdKind = 'file' | 'pipe' | 'socket' | 'chr' | 'anon'

export interface FdEntry {
  fd: number
  kind: FdKind
  target: string
  inode: number
  pos: number
  cloexec: boolean
}

export function fdTable(pid: number): FdEntry[] {
  const entries: FdEntry[] = []
  const folder = opendirSync(`/proc/${pid}/fdinfo`)
  try {
    for (let item = folder.readSync(); item; item = folder.readSync()) {
      const link = `/proc/${pid}/fd/${item.name}`
      if (!lstatSync(link, { throwIfNoEntry: false })) continue
      const lines = readFileSync(`/proc/${pid}/fdinfo/${item.name}`, 'utf8').split('\n')
      const info = new Map(lines.map((line) => line.split(/:\s*/) as [string, string]))
      const { ino, mode } = statSync(link, { bigint: true })
      entries.push({
        fd: Number(item.name),
        kind: kinds[Number(mode) & constants.S_IFMT] ?? 'anon',
        target: readlinkSync(link),
        inode: Number(ino),
        pos: Number(info.get('pos')),
        cloexec: ((BigInt(`0o${info.get('flags')}`) >> 19n) & 1n) === 1n,
      })
    }
  } finally {
    folder.closeSync()
  }
  return entries.toSorted((a, b) => a.fd - b.fd)
}

const kinds: Record<number, FdKind> = {
  [constants.S_IFREG]: 'file',
  [constants.S_IFDIR]: 'file',
  [constants.S_IFBLK]: 'file',
  [constants.S_IFIFO]: 'pipe',
  [constants.S_IFSOCK]: 'socket',
  [constants.S_IFCHR]: 'chr',
}
