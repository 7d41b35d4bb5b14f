/**
 * A table of the sockets of this system, and of who holds them: a netstat of your own, for Linux.
 *
 *     pnpm dojo start lesson-4 net-table
 *     ss -tuanp                                   (in another terminal: the same, by somebody else)
 *
 * The kernel tells everything in text files below /proc: proc_net_tcp(5) and proc_pid_fd(5).
 *
 * - `net/tcp`, `net/tcp6`, `net/udp`, `net/udp6`: a line of headings, then a line for each socket. A kernel without
 *   IPv6 has no `net/tcp6` and no `net/udp6`.
 * - `<pid>/fd/`: a link for each file descriptor of a process. That of a socket points to `socket:[<inode>]`.
 *   Processes end while you read, and those of other users show you nothing: then leave them out.
 */
import { opendirSync, openSync, readlinkSync, readFileSync, closeSync } from 'node:fs'
import { endianness } from 'node:os'
import { SocketAddress } from 'node:net'

/** The states of a TCP socket, as netstat writes them, in the order of their numbers: 01 is ESTABLISHED. */
export type State =
  | 'ESTABLISHED'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'TIME_WAIT'
  | 'CLOSE'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'LISTEN'
  | 'CLOSING'
  | 'NEW_SYN_RECV'

/** One socket, as one of its holders has it. */
export interface Row {
  /** The file that it stands in. */
  proto: 'tcp' | 'tcp6' | 'udp' | 'udp6'
  /**
   * Our end: `127.0.0.1:43211`, `[::1]:43211`. Any notation of an IPv6 address is fine
   * (`[0:0:0:0:0:0:0:1]:43211`). Where the kernel knows no address or no port yet, it has zeros: `0.0.0.0:0`.
   */
  local: string
  /** The other end. */
  remote: string
  /** A UDP socket has one too: ESTABLISHED where it is connected, else CLOSE. */
  state: State
  /** How many bytes wait to be read. */
  rxq: number
  /** How many bytes wait to be sent, or to be confirmed. */
  txq: number
  /** The number of the socket; 0 where no process has it any more. */
  inode: number
  /** Who holds it: undefined where nobody does, or nobody whose files you may see. */
  pid: number | undefined
  /** By which file descriptor. */
  fd: number | undefined
}

/**
 * Every socket of the four files, in any order. A socket that is held several times, by several processes or by several
 * file descriptors of one, is a row for each of them; one that nobody holds is one row.
 * @param proc where to read instead of /proc: a copy of another system's files. In it, as on x86 and ARM, numbers are
 * stored with their lowest byte first.
 */
export function netTable(proc = '/proc'): Row[] {
  const rows: Row[] = []
  const holders = new Map<string, [pid: number, fd: number][]>()
  for (const pid of names(proc)) {
    if (Number.isNaN(Number(pid))) continue
    for (const fd of names(`${proc}/${pid}/fd`)) {
      const link = linkOf(`${proc}/${pid}/fd/${fd}`)
      const found = holders.get(link)
      if (found) found.push([Number(pid), Number(fd)])
      else holders.set(link, [[Number(pid), Number(fd)]])
    }
  }
  for (const proto of ['udp6', 'udp', 'tcp6', 'tcp'] as const) {
    for (const line of read(`${proc}/net/${proto}`)) {
      const match = pattern.exec(line)
      if (!match?.groups) continue
      const { local = '', remote = '', state = '', tx, rx, inode } = match.groups
      const socket = {
        proto,
        local: endpoint(local),
        remote: endpoint(remote),
        state: names16[Number(`0x${state}`)] as State,
        rxq: Number(`0x${rx}`),
        txq: Number(`0x${tx}`),
        inode: Number(inode),
      }
      const who = holders.get(`socket:[${inode}]`)
      if (!who) rows.push({ ...socket, pid: undefined, fd: undefined })
      for (const [pid, fd] of who ?? []) rows.push({ ...socket, pid, fd })
    }
  }
  return rows.toSorted((a, b) => a.inode - b.inode)
}

const pattern =
  /^\s*\d+: (?<local>[0-9A-F]+:[0-9A-F]{4}) (?<remote>[0-9A-F]+:[0-9A-F]{4}) (?<state>[0-9A-F]{2}) (?<tx>[0-9A-F]{8}):(?<rx>[0-9A-F]{8}) \S+ \S+ +\d+ +\d+ (?<inode>\d+) /

const names16 =
  '- ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING NEW_SYN_RECV'.split(
    ' ',
  )

/** Node can write addresses in the shortest notation (RFC 5952) by itself. */
function endpoint(text: string): string {
  const colon = text.indexOf(':')
  const port = Number(`0x${text.slice(colon + 1)}`)
  const words = new Uint32Array(colon / 8)
  for (let index = 0; index < words.length; index++)
    words[index] = Number(`0x${text.slice(8 * index, 8 * index + 8)}`)
  const bytes = Buffer.from(words.buffer)
  if (endianness() === 'BE') bytes.swap32()
  if (bytes.length === 4) return `${bytes.join('.')}:${port}`
  const groups = bytes.toString('hex').match(/.{4}/g)!.join(':')
  return `[${new SocketAddress({ address: groups, family: 'ipv6' }).address}]:${port}`
}

function* names(folder: string): Iterable<string> {
  let open
  try {
    open = opendirSync(folder)
  } catch {
    return
  }
  for (let entry = open.readSync(); entry !== null; entry = open.readSync()) yield entry.name
  open.closeSync()
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function read(path: string): string[] {
  let file
  try {
    file = openSync(path, 'r')
  } catch {
    return []
  }
  const text = readFileSync(file, 'latin1')
  closeSync(file)
  return text.split('\n')
}

// `node net-table.ts` prints it.
if (import.meta.main) console.table(netTable())
