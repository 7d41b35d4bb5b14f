import { encodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'

/**
 * A stream socket: opens a connection, and waits until it stands. A datagram socket: sets its peer, and sends nothing.
 * connect(2)
 * @throws {SystemError} `ECONNREFUSED`, `ETIMEDOUT`, `EADDRNOTAVAIL`; `EINPROGRESS` where the socket is non-blocking: then
 * `poll` it for POLLOUT, and `getsockopt` SO_ERROR tells how it went.
 */
export function connect(fd: number, address: Address): void {
  const bytes = encodeAddress(address)
  call(fd, bytes, bytes.length)
}

const call = libc('int connect(int fd, const void *address, uint32_t length)')
