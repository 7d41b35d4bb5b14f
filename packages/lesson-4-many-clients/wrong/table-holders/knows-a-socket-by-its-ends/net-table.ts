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
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'

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
  const byEnds = new Map<string, Omit<Row, 'pid' | 'fd'>>()
  for (const proto of protos)
    for (const socket of readSockets(proc, proto))
      byEnds.set(`${proto} ${socket.local} ${socket.remote} ${socket.state}`, socket)
  const sockets = [...byEnds.values()]
  const holders = Map.groupBy(readHolders(proc), ({ inode }) => inode)
  return sockets.flatMap((socket) =>
    (holders.get(socket.inode) ?? [nobody]).map(({ pid, fd }) => ({ ...socket, pid, fd })),
  )
}

const protos = ['tcp', 'tcp6', 'udp', 'udp6'] as const
const nobody = { pid: undefined, fd: undefined }

function readSockets(proc: string, proto: Row['proto']): Omit<Row, 'pid' | 'fd'>[] {
  const path = `${proc}/net/${proto}`
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => {
    const [, local = '', remote = '', state = '', queues = '', , , , , inode = ''] = line
      .trim()
      .split(/\s+/)
    const [txq = '', rxq = ''] = queues.split(':')
    return {
      proto,
      local: endpoint(local),
      remote: endpoint(remote),
      state: states[Number.parseInt(state, 16) - 1]!,
      rxq: Number.parseInt(rxq, 16),
      txq: Number.parseInt(txq, 16),
      inode: Number(inode),
    }
  })
}

/**
 * `0100007F:A8CB` is `127.0.0.1:43211`. The kernel takes each 32 bits of an address for one number, and on x86 and ARM
 * a number is stored with its lowest byte first. The port is a plain number.
 */
function endpoint(text: string): string {
  const [address = '', port = ''] = text.split(':')
  const bytes = Buffer.from(address, 'hex').swap32()
  return `${bytes.length === 4 ? bytes.join('.') : `[${groups(bytes).join(':')}]`}:${Number.parseInt(port, 16)}`
}

function groups(bytes: Buffer): string[] {
  return Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16))
}

function readHolders(proc: string) {
  const pids = readdirSync(proc).filter((name) => /^\d+$/.test(name))
  return pids.flatMap((pid) =>
    unlessGone(() => readdirSync(`${proc}/${pid}/fd`), []).flatMap((fd) => {
      const target = unlessGone(() => readlinkSync(`${proc}/${pid}/fd/${fd}`), '')
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
      return inode === undefined ? [] : { inode: Number(inode), pid: Number(pid), fd: Number(fd) }
    }),
  )
}

/** What was there a moment ago may be gone, and what belongs to others is closed. */
function unlessGone<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}

const states: State[] = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
  'NEW_SYN_RECV',
]

// `node net-table.ts` prints it.
if (import.meta.main) console.table(netTable())
