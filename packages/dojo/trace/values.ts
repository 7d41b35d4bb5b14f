/** A file descriptor as `strace -yy` writes it: `22<TCP:[127.0.0.1:43211->127.0.0.1:38926]>`. */
export interface DescriptorValue {
  fd: number
  /** `TCP`, `UDPv6`, `UNIX-STREAM`, `pipe`; empty where it is none of these. */
  kind: string
  /** What is in the brackets: an inode number, an address, two with an arrow. */
  detail: string
}

/** Reads a descriptor; undefined where the argument is none. */
export function descriptorIn(argument: string | undefined): DescriptorValue | undefined {
  const [, fd, object = ''] = /^(-?\d+)(?:<(.*)>)?$/s.exec(argument ?? '') ?? []
  if (fd === undefined) return undefined
  const [, kind = '', detail = ''] = /^([\w-]+):\[(.*)\]$/s.exec(object) ?? []
  return { fd: Number(fd), kind, detail }
}

/** The two descriptors of `[22<pipe:[7]>, 23<pipe:[7]>]`. */
export function descriptorPair(argument = ''): [DescriptorValue, DescriptorValue] | undefined {
  const [, first, second] = /^\[(\d+<.*>), (\d+<.*>)\]$/s.exec(argument) ?? []
  const pair = [descriptorIn(first), descriptorIn(second)]
  return pair[0] && pair[1] ? [pair[0], pair[1]] : undefined
}

/** The address in a `struct sockaddr`, as a person writes it: `127.0.0.1:43211`, `[::1]:43211`, `/tmp/socket`. */
export function addressIn(argument = ''): string | undefined {
  const port = /htons\((\d+)\)/.exec(argument)?.[1]
  const four = /inet_addr\("([^"]+)"\)/.exec(argument)?.[1]
  if (four !== undefined) return `${four}:${port}`
  const six = /inet_pton\(AF_INET6, "([^"]+)"/.exec(argument)?.[1]
  if (six !== undefined) return `[${six}]:${port}`
  return /sun_path=@?"([^"]*)"/.exec(argument)?.[1]
}

/** The other end of a connection, of its descriptor. */
export const remoteIn = (argument: string): string | undefined =>
  descriptorIn(argument)?.detail.split('->')[1]

/** The bytes that a call carried, quoted: the string itself, or the first of a message's or a vector's buffers. */
export function bytesIn(argument = ''): string {
  if (argument.startsWith('"')) return argument
  return /iov_base=("(?:[^"\\]|\\.)*"(?:\.\.\.)?)/.exec(argument)?.[1] ?? ''
}
