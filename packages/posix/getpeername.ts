import { decodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'
import { withLength } from './with-length.ts'

/**
 * The remote address of a connected socket. getpeername(2)
 * @throws {SystemError} `ENOTCONN` where it has no peer: a listening socket never has one.
 */
export function getpeername(fd: number): Address {
  return decodeAddress(...withLength(Buffer.alloc(128), (bytes, length) => call(fd, bytes, length)))
}

const call = libc('int getpeername(int fd, void *address, void *length)')
