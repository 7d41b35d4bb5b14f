import { libc } from './libc.ts'

/**
 * Bytes that have arrived: at least one and at most `size` of a stream, or the first `size` of one datagram (the rest of
 * it is lost). Waits where there is nothing. Empty: the end of the stream, or an empty datagram. recv(2)
 * @throws {SystemError} `ECONNRESET`, `EAGAIN` where it may not wait and there is nothing, `ENOTCONN` …
 */
export function recv(fd: number, size = 65536, flags = 0): Buffer {
  const bytes = Buffer.alloc(size)
  return bytes.subarray(0, call(fd, bytes, size, flags))
}

const call = libc('long recv(int fd, void *bytes, size_t size, int flags)')
