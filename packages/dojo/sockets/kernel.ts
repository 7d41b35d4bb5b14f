import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { states } from '@socket-dojo/testkit/kernel'

/** One socket as the kernel has it, and by which descriptor the program holds it. */
export interface SocketRow {
  /** null where the program has it no more, or not yet: a connection in TIME_WAIT, one that waits for accept. */
  fd: number | null
  kind: 'tcp' | 'tcp6' | 'udp' | 'udp6' | 'unix'
  /** `127.0.0.1:43211`, `[::1]:43211`; of a unix socket its path, or nothing. */
  local: string
  remote: string
  /** As netstat(8) writes it: `LISTEN`, `ESTABLISHED`. A UDP socket is `UNCONN` or, connected, `ESTABLISHED`. */
  state: string
  /** Bytes that wait to be read; of a socket that listens: connections that wait for accept. null: not told. */
  receiveQueue: number | null
  /** Bytes that wait to be sent or confirmed. null: not told. */
  sendQueue: number | null
  inode: number
}

/** Whether this system shows its sockets in files. */
export const hasProc = (): boolean => process.platform === 'linux'

/**
 * The sockets of a process, by descriptor, and after them the connections at the ports on which it listens that belong
 * to no descriptor. proc_net_tcp(5), proc_net_unix(5), proc_pid_fd(5). Nothing where the process has gone.
 */
export function socketsOf(pid: number): SocketRow[] {
  const held = descriptorsByInode(pid)
  const all = kinds.flatMap((kind) => table(pid, kind))
  const own = all.flatMap((row) => (held.get(row.inode) ?? []).map((fd) => ({ ...row, fd })))
  const ports = new Set(own.filter(({ state }) => state === 'LISTEN').map(portOf))
  const waiting = all.filter((row) => isTcp(row) && row.inode === 0 && ports.has(portOf(row)))
  return [...own.toSorted((a, b) => a.fd - b.fd), ...waiting]
}

const kinds = ['tcp', 'tcp6', 'udp', 'udp6', 'unix'] as const
const isTcp = ({ kind }: SocketRow) => kind === 'tcp' || kind === 'tcp6'
const portOf = ({ local }: SocketRow) => local.slice(local.lastIndexOf(':') + 1)

function descriptorsByInode(pid: number): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const name of unlessGone(() => readdirSync(`/proc/${pid}/fd`), [])) {
    const target = unlessGone(() => readlinkSync(`/proc/${pid}/fd/${name}`), '')
    const inode = Number(/^socket:\[(\d+)\]$/.exec(target)?.[1])
    if (inode > 0) found.set(inode, [...(found.get(inode) ?? []), Number(name)])
  }
  return found
}

/** The process's own view of the net: it may be in a network namespace of its own. */
function table(pid: number, kind: SocketRow['kind']): SocketRow[] {
  const lines = unlessGone(() => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8'), '')
  const rows = lines.trimEnd().split('\n').slice(1)
  return rows.map((line) => (kind === 'unix' ? unixRow(line) : internetRow(kind, line)))
}

function internetRow(kind: SocketRow['kind'], line: string): SocketRow {
  const fields = line.trim().split(/\s+/)
  const [sending = '', receiving = ''] = fields[4]!.split(':')
  const state = states[Number.parseInt(fields[3]!, 16)] ?? fields[3]!
  return {
    fd: null,
    kind,
    local: endpoint(fields[1]!),
    remote: endpoint(fields[2]!),
    state: kind.startsWith('udp') && state === 'CLOSE' ? 'UNCONN' : state,
    receiveQueue: Number.parseInt(receiving, 16),
    sendQueue: Number.parseInt(sending, 16),
    inode: Number(fields[9]),
  }
}

/** `Num RefCount Protocol Flags Type St Inode Path`: the kernel does not tell here what waits in its queues. */
function unixRow(line: string): SocketRow {
  const [, , , flags = '', , state = '', inode, path = ''] = line.trim().split(/\s+/)
  const listens = (Number.parseInt(flags, 16) & acceptsConnections) !== 0
  return {
    ...{ fd: null, kind: 'unix', local: path, remote: '' },
    state: listens ? 'LISTEN' : state === '03' ? 'ESTABLISHED' : 'UNCONN',
    ...{ receiveQueue: null, sendQueue: null },
    inode: Number(inode),
  }
}

/** __SO_ACCEPTCON of the kernel. */
const acceptsConnections = 0x10000

/** `0100007F:A8CB`: each 32 bits of the address are a number of this machine's byte order, the port is a plain number. */
function endpoint(text: string): string {
  const [address = '', port = ''] = text.split(':')
  const bytes = Buffer.from(address, 'hex').swap32()
  const number = Number.parseInt(port, 16)
  if (bytes.length === 4) return `${bytes.join('.')}:${number}`
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(2 * at).toString(16))
  // The URL parser writes IPv6 as RFC 5952 has it.
  return `${new URL(`http://[${groups.join(':')}]`).hostname}:${number}`
}

function unlessGone<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
