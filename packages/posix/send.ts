import { libc } from './libc.ts'

/**
 * Hands bytes to the system, to be sent to the peer. Returns how many it took: it may be fewer than there are. send(2)
 *
 * That says nothing about their arrival. Node ignores SIGPIPE, so where the peer is gone this throws `EPIPE`.
 * @throws {SystemError} `EPIPE`, `ECONNRESET`, `EAGAIN`, `ENOTCONN`, `EMSGSIZE`, `ECONNREFUSED` (a connected UDP socket) …
 */
export function send(fd: number, data: Uint8Array | string, flags = 0): number {
  const bytes = Buffer.from(data)
  return call(fd, bytes, bytes.length, flags)
}

const call = libc('long send(int fd, const void *bytes, size_t length, int flags)')
