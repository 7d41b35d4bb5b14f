import { libc } from './libc.ts'
import { withLength } from './with-length.ts'

/**
 * The value of an option that is an int. getsockopt(2)
 * @example
 * getsockopt(fd, SOL_SOCKET, SO_ERROR) // errno of what failed meanwhile, 0 for nothing; reading it clears it
 * @throws {SystemError} `ENOPROTOOPT` …
 */
export function getsockopt(fd: number, level: number, option: number): number {
  const [value] = withLength(Buffer.from(new ArrayBuffer(4)), (bytes, length) =>
    call(fd, level, option, bytes, length),
  )
  return new Int32Array(value.buffer, value.byteOffset, 1)[0]!
}

const call = libc('int getsockopt(int fd, int level, int option, void *value, void *length)')
