import { encodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'

/**
 * Gives a socket its local address. bind(2)
 * @param address port 0: the system chooses one that is free; `getsockname` tells which.
 * @example
 * bind(fd, { address: '127.0.0.1', port: 0 })
 * @throws {SystemError} `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, `EINVAL` where it has one already.
 */
export function bind(fd: number, address: Address): void {
  const bytes = encodeAddress(address)
  call(fd, bytes, bytes.length)
}

const call = libc('int bind(int fd, const void *address, uint32_t length)')
