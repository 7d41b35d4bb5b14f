import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kit } from '@socket-dojo/testkit'

/** A socket of a system that there is only on paper. */
export interface PaperSocket {
  proto: 'tcp' | 'tcp6' | 'udp' | 'udp6'
  /** IPv4 with dots, IPv6 with all of its eight groups. */
  local: [address: string, port: number]
  remote?: [address: string, port: number]
  /** Number of the state. Default: 10, LISTEN. */
  state?: number
  rxq?: number
  txq?: number
  inode: number
}

/** Processes of such a system: what each file descriptor points to, by PID. `undefined` for one whose files are closed to us. */
export type PaperProcesses = Record<number, Record<number, string> | undefined>

/**
 * Writes the files of such a system, where the submission can read them. With them every state and every address can be
 * asked for, also those that last for a moment only, and every answer is known.
 * @returns the folder, as the submission has to name it.
 */
export function proc(
  kit: Kit,
  name: string,
  sockets: PaperSocket[],
  processes: PaperProcesses = {},
  protos: PaperSocket['proto'][] = ['tcp', 'tcp6', 'udp', 'udp6'],
): string {
  const folder = join(kit.job.directory, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'net'), { recursive: true })
  for (const proto of protos) {
    const rows = sockets.filter((socket) => socket.proto === proto).map(line)
    writeFileSync(join(folder, 'net', proto), [headings[proto], ...rows, ''].join('\n'))
  }
  for (const [pid, files] of Object.entries(processes)) addProcess(join(folder, pid), files)
  const [first, second] = Object.keys(processes)
  // One process alone is for checks that are not about processes.
  if (first !== undefined && second !== undefined) symlinkSync(first, join(folder, 'self')) // The kernel has one too.
  return `../${name}`
}

/** A socket as a line of proc_net_tcp(5), as a machine that begins with the lowest byte writes it. */
export function line(
  { proto, local, remote, state = 10, rxq = 0, txq = 0, inode }: PaperSocket,
  index: number,
): string {
  const nowhere: [string, number] = [proto.endsWith('6') ? '0:0:0:0:0:0:0:0' : '0.0.0.0', 0]
  const fields = [
    `${String(index).padStart(proto.startsWith('udp') ? 5 : 4)}:`,
    endpoint(local),
    endpoint(remote ?? nowhere),
    hex(state, 2),
    `${hex(txq, 8)}:${hex(rxq, 8)}`,
    timers[state] ?? '00:00000000',
    '00000000',
    ' 1000',
    '       0',
    inode,
    '1 0000000000000000',
    ...(proto.startsWith('udp') ? ['0'] : ['100 0 0 10 0']),
  ]
  return fields.join(' ').padEnd(width[proto])
}

function addProcess(folder: string, files: Record<number, string> | undefined): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'comm'), 'program\n')
  if (!files) return // It ended after the folder had been listed.
  mkdirSync(join(folder, 'fd'))
  for (const [fd, target] of Object.entries(files)) symlinkSync(target, join(folder, 'fd', fd))
}

function endpoint([address, port]: [string, number]): string {
  const bytes = address.includes(':')
    ? address.split(':').flatMap((group) => {
        const value = Number.parseInt(group, 16)
        return [value >> 8, value & 0xff]
      })
    : address.split('.').map(Number)
  const words = Array.from({ length: bytes.length / 4 }, (_, index) =>
    Buffer.from(bytes.slice(4 * index, 4 * index + 4).toReversed()).toString('hex'),
  )
  return `${words.join('').toUpperCase()}:${hex(port, 4)}`
}

/** Timers, `tr tm->when`, of the states in which a socket usually has one: keep-alive, and the end of TIME_WAIT. */
const timers: Record<number, string> = { 1: '02:0000041D', 6: '03:00001770' }

const hex = (value: number, digits: number) =>
  value.toString(16).toUpperCase().padStart(digits, '0')

/** To how many columns the kernel fills up the lines of a file. */
const width = { tcp: 149, tcp6: 0, udp: 127, udp6: 0 }

/** As Linux writes them: those of IPv6 have other names and other widths, and those of UDP have more columns. */
const headings = {
  tcp: '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'.padEnd(
    width.tcp,
  ),
  tcp6: '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  udp: '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops'.padEnd(
    width.udp,
  ),
  udp6: '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
}
