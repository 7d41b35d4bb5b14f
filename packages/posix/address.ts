import { endianness } from 'node:os'
import { AF_INET, AF_INET6, AF_UNIX } from './constants.ts'
import { libc } from './libc.ts'

/** Where an IPv4 or IPv6 socket is: `{ address: '127.0.0.1', port: 80 }`. ip(7), ipv6(7) */
export interface InternetAddress {
  address: string
  port: number
}

/** Where a socket of this machine is: a path, `''` where it has no name, `\0name` for an abstract one. unix(7) */
export interface UnixAddress {
  path: string
}

export type Address = InternetAddress | UnixAddress

/** The address as the system wants it: a `struct sockaddr_in`, `sockaddr_in6` or `sockaddr_un`. */
export function encodeAddress(address: Address): Buffer {
  if ('path' in address) return withFamily(AF_UNIX, unixBytes(address.path))
  const version = address.address.includes(':') ? 6 : 4
  const bytes = Buffer.alloc(version === 6 ? 28 : 16)
  bytes.writeUInt16BE(address.port, 2)
  const [family, offset] = version === 6 ? [AF_INET6, 8] : [AF_INET, 4]
  if (inet_pton(family, address.address, bytes.subarray(offset)) !== 1)
    throw new RangeError(`Expected an IPv4 or IPv6 address, got ${JSON.stringify(address.address)}`)
  return withFamily(family, bytes)
}

/** What the system has written: the first `length` bytes of `bytes`. */
export function decodeAddress(bytes: Buffer, length: number): Address {
  const family = familyOf(bytes)
  if (length <= 2 || family === AF_UNIX) return { path: unixPath(bytes.subarray(2, length)) }
  const text = Buffer.alloc(64)
  inet_ntop(family, bytes.subarray(family === AF_INET6 ? 8 : 4), text, text.length)
  return { address: text.toString('latin1', 0, text.indexOf(0)), port: bytes.readUInt16BE(2) }
}

/** A path ends with a NUL; an abstract name is as long as the address says. */
function unixBytes(path: string): Buffer {
  return Buffer.concat([Buffer.alloc(2), Buffer.from(path), Buffer.alloc(path[0] === '\0' ? 0 : 1)])
}

function unixPath(name: Buffer): string {
  return name.toString(
    'utf8',
    0,
    name[0] === 0 ? name.length : (name.indexOf(0) + 1 || name.length + 1) - 1,
  )
}

// The family is in the byte order of the processor, and macOS has the length before it, in one byte each.
const littleEndian = endianness() === 'LE'
const bsd = process.platform === 'darwin'

function withFamily(family: number, bytes: Buffer): Buffer {
  if (bsd) bytes.set([bytes.length, family])
  else new DataView(bytes.buffer, bytes.byteOffset).setUint16(0, family, littleEndian)
  return bytes
}

function familyOf(bytes: Buffer): number {
  return bsd ? bytes[1]! : new DataView(bytes.buffer, bytes.byteOffset).getUint16(0, littleEndian)
}

const inet_pton = libc('int inet_pton(int family, const char *text, void *bytes)')
const inet_ntop = libc('void *inet_ntop(int family, const void *bytes, void *text, uint32_t size)')
