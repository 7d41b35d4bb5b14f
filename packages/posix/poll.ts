import { endianness } from 'node:os'
import { libc } from './libc.ts'

/** A descriptor, and what to wait for: `POLLIN`, `POLLOUT`. Errors and hang-ups are reported unasked. */
export interface Watch {
  fd: number
  events: number
}

/**
 * Waits until one of the descriptors is ready, and returns what each is ready for; 0 for nothing. poll(2)
 * @param timeoutMs −1: for ever. 0: not at all.
 * @throws {SystemError} `EINTR`, `EINVAL`
 */
export function poll(watches: Watch[], timeoutMs = -1): number[] {
  const bytes = Buffer.alloc(watches.length * size)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  watches.forEach(({ fd, events }, index) => {
    view.setInt32(index * size, fd, littleEndian)
    view.setInt16(index * size + 4, events, littleEndian)
  })
  call(bytes, watches.length, timeoutMs)
  return watches.map((_, index) => view.getInt16(index * size + 6, littleEndian))
}

/** struct pollfd: int fd, short events, short revents. */
const size = 8
const littleEndian = endianness() === 'LE'
const call = libc(
  `int poll(void *watches, ${process.platform === 'linux' ? 'unsigned long' : 'uint32_t'} count, int timeout)`,
)
