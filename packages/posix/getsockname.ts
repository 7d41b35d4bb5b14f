import { decodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'
import { withLength } from './with-length.ts'

/**
 * The local address of a socket; `0.0.0.0` and port 0 where it has none yet. getsockname(2)
 * @throws {SystemError} `ENOTSOCK`, `EBADF`
 */
export function getsockname(fd: number): Address {
  return decodeAddress(...withLength(Buffer.alloc(128), (bytes, length) => call(fd, bytes, length)))
}

const call = libc('int getsockname(int fd, void *address, void *length)')
