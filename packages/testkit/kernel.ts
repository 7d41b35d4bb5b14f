import { existsSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'

/** One TCP socket as the kernel has it: proc_net_tcp(5). */
export interface KernelSocket {
  localPort: number
  remotePort: number
  /** Name of the TCP state (RFC 9293, section 3.3.2), as netstat(8) writes it. */
  state: string
  /** Bytes that have arrived and that nobody has read yet. */
  unread: number
  inode: number
}

/**
 * The kernel's TCP sockets of this network namespace, of the families asked for; undefined where there is no
 * `/proc/net/tcp`. The kernel walks its whole table for each family: a millisecond or more.
 */
export function kernelSockets(
  families: ('IPv4' | 'IPv6')[] = ['IPv4', 'IPv6'],
): KernelSocket[] | undefined {
  const paths = { IPv4: '/proc/net/tcp', IPv6: '/proc/net/tcp6' }
  const tables = families.map((family) => paths[family]).filter((path) => existsSync(path))
  if (tables.length === 0) return undefined
  return tables.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(1).map(parse))
}

/**
 * How many datagrams the kernel has dropped because the buffer of the UDP socket on this port was full: the last
 * column of `/proc/net/udp`. Undefined where there is no such table.
 */
export function kernelDrops(port: number): number | undefined {
  const tables = ['/proc/net/udp', '/proc/net/udp6'].filter((path) => existsSync(path))
  const rows = tables.flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(1))
  const row = rows.find((line) => parse(line).localPort === port)
  return row === undefined ? undefined : Number(row.trim().split(/\s+/).at(-1))
}

/**
 * How many bytes the kernel can hold of what one side of a TCP connection has sent and the other has never read: its
 * send buffer as large as it grows, and a receive buffer as it begins (tcp_wmem and tcp_rmem, tcp(7)); 4 MiB where the
 * system does not tell.
 */
export function kernelHolds(): number {
  const limit = (name: string, column: number) =>
    Number(readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').split(/\s+/)[column])
  return existsSync('/proc/sys/net/ipv4/tcp_wmem')
    ? limit('tcp_wmem', 2) + limit('tcp_rmem', 1)
    : 4 * 1024 * 1024
}

/** Whether IPv6 has a loopback here. */
export const hasIPv6 = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === '::1'),
  )

function parse(row: string): KernelSocket {
  const fields = row.trim().split(/\s+/)
  const port = (address: string) => Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16)
  return {
    localPort: port(fields[1]!),
    remotePort: port(fields[2]!),
    state: states[Number.parseInt(fields[3]!, 16)] ?? fields[3]!,
    unread: Number.parseInt(fields[4]!.split(':')[1]!, 16),
    inode: Number(fields[9]),
  }
}

/** By their numbers, from 1: RFC 9293, section 3.3.2, named as netstat(8) does. */
export const states = [
  '',
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
