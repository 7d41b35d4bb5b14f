import { libc } from './libc.ts'

/**
 * Sets an option of a socket. setsockopt(2); what there is: socket(7), ip(7), tcp(7), udp(7)
 * @param value a number for an option that is an int; the bytes of the struct for another.
 * @example
 * setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1)
 * setsockopt(fd, SOL_SOCKET, SO_LINGER, Int32Array.of(1, 0)) // close() sends a reset
 * @throws {SystemError} `ENOPROTOOPT`, `EINVAL` …
 */
export function setsockopt(
  fd: number,
  level: number,
  option: number,
  value: number | NodeJS.TypedArray,
): void {
  const bytes = typeof value === 'number' ? Int32Array.of(value) : value
  call(fd, level, option, bytes, bytes.byteLength)
}

const call = libc(
  'int setsockopt(int fd, int level, int option, const void *value, uint32_t length)',
)
