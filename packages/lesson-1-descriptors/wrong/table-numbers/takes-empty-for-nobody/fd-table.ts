/**
 * What a process has open: its table of file descriptors, as Linux shows it in /proc. proc_pid_fd(5), proc_pid_fdinfo(5)
 *
 *     node exercises/lesson-1-descriptors/fd-table.ts            (its own table)
 *     node exercises/lesson-1-descriptors/fd-table.ts 4321       (that of process 4321; `echo $$` names your shell)
 *
 * A descriptor is a small number: an index into a table that every process has for itself. The system gives out the
 * lowest number that is free, so a table can have holes. What a number stands for is not the file itself but an "open
 * file description": the file, how it was opened, and how far it has been read or written. Two descriptors can share
 * one, also across processes; then they share its position.
 *
 * - /proc/<pid>/fd holds one symbolic link for each descriptor. Its target is the path of a file, or something like
 *   `pipe:[4321]`, `socket:[4321]` or `anon_inode:[eventpoll]`, which is no path at all.
 * - /proc/<pid>/fdinfo/<fd> tells of its position (`pos`) and how it was opened (`flags`, an octal number).
 * - stat(2) on the link tells what is open at its other end, whatever its name.
 */

import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs'

/** What a descriptor stands for. */
export type FdKind =
  /** A regular file, a directory or a block device. */
  | 'file'
  /** A pipe, with a name in the file system (FIFO) or without one. */
  | 'pipe'
  /** A socket, connected or not. */
  | 'socket'
  /** A character device: a terminal, /dev/null. */
  | 'chr'
  /** Anything else, of which only the kernel knows: an epoll or eventfd object. */
  | 'anon'

export interface FdEntry {
  /** Its number in the table. */
  fd: number
  kind: FdKind
  /** Where the symbolic link points, as it is written there. */
  target: string
  /** The inode number of what is open: two ends of one pipe have the same. */
  inode: number
  /** How many bytes from its beginning a file is read or written next; 0 for what has no positions. */
  pos: number
  /** Whether the descriptor is closed when the process becomes another program: O_CLOEXEC in `flags`. */
  cloexec: boolean
}

/**
 * The descriptors of a process, in the order of their numbers. One that is closed while this looks is left out.
 * Throws the error of the system where there is no such process ('ENOENT') or it may not be looked at ('EACCES').
 */
export function fdTable(pid: number): FdEntry[] {
  const names = readdirSync(`/proc/${pid}/fd`)
  if (names.length === 0)
    throw Object.assign(new Error('There is no such process'), { code: 'ENOENT' })
  return names
    .map(Number)
    .toSorted((a, b) => a - b)
    .flatMap((fd) => entry(pid, fd) ?? [])
}

function entry(pid: number, fd: number): FdEntry | undefined {
  const link = `/proc/${pid}/fd/${fd}`
  try {
    const target = readlinkSync(link)
    const stats = statSync(link) // Follows the link to what is open, even where its target is no path.
    const info = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(info)?.[1] ?? '0'
    return {
      fd,
      kind: kindOf(stats),
      target,
      inode: stats.ino,
      pos: Number(field('pos')),
      cloexec: (Number.parseInt(field('flags'), 8) & O_CLOEXEC) !== 0,
    }
  } catch (error) {
    // Closed since it was listed: the descriptor by which the folder itself was read, for one.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function kindOf(stats: Stats): FdKind {
  if (stats.isFIFO()) return 'pipe'
  if (stats.isSocket()) return 'socket'
  if (stats.isCharacterDevice()) return 'chr'
  return stats.isFile() || stats.isDirectory() || stats.isBlockDevice() ? 'file' : 'anon'
}

/** open(2), on Linux. */
const O_CLOEXEC = 0o2000000

if (import.meta.main) console.table(fdTable(Number(process.argv[2] ?? process.pid)))
