import { readdirSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs'

/** One open file descriptor of a process, as the kernel has it: proc_pid_fd(5), proc_pid_fdinfo(5). */
export interface Descriptor {
  fd: number
  kind: 'file' | 'pipe' | 'socket' | 'chr' | 'anon'
  /** Where the link in `/proc` points. */
  target: string
  inode: number
  /** Two descriptors that say the same here have the same thing open: one pipe, one file. */
  identity: string
  pos: number
  cloexec: boolean
  /** Whether it was opened for writing only. */
  writes: boolean
}

/**
 * The file descriptors of a process, as it is numbered here, by their numbers; undefined where it is gone or this
 * system does not show them.
 */
export function descriptors(pid: number): Map<number, Descriptor> | undefined {
  try {
    const numbers = readdirSync(`/proc/${pid}/fd`).map(Number)
    const found = numbers.toSorted((a, b) => a - b).flatMap((fd) => look(pid, fd) ?? [])
    return new Map(found.map((descriptor) => [descriptor.fd, descriptor]))
  } catch {
    return undefined
  }
}

/** Whether this system shows them at all. */
export const hasDescriptors = (): boolean => descriptors(process.pid) !== undefined

function look(pid: number, fd: number): Descriptor | undefined {
  try {
    const stats = statSync(`/proc/${pid}/fd/${fd}`)
    const info = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')
    const field = (name: string) => new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(info)?.[1] ?? '0'
    const flags = Number.parseInt(field('flags'), 8)
    return {
      fd,
      kind: kindOf(stats),
      target: readlinkSync(`/proc/${pid}/fd/${fd}`),
      inode: stats.ino,
      identity: `${stats.dev}:${stats.ino}`,
      pos: Number(field('pos')),
      cloexec: (flags & closeOnExec) !== 0,
      writes: (flags & accessMode) === writeOnly,
    }
  } catch {
    return undefined // Closed while we looked.
  }
}

function kindOf(stats: Stats): Descriptor['kind'] {
  if (stats.isFIFO()) return 'pipe'
  if (stats.isSocket()) return 'socket'
  if (stats.isCharacterDevice()) return 'chr'
  return stats.isFile() || stats.isDirectory() || stats.isBlockDevice() ? 'file' : 'anon'
}

/** O_CLOEXEC, O_ACCMODE and O_WRONLY of open(2), on Linux. */
const closeOnExec = 0o2000000
const accessMode = 3
const writeOnly = 1
