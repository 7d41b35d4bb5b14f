import { libc } from './libc.ts'

/**
 * Ends one direction of a connection, or both, for everybody who holds the socket; its descriptors stay open. shutdown(2)
 * @param how `SHUT_WR`: nothing more is sent, the peer reads the end of the stream. `SHUT_RD`, `SHUT_RDWR`
 * @throws {SystemError} `ENOTCONN`
 */
export function shutdown(fd: number, how: number): void {
  call(fd, how)
}

const call = libc('int shutdown(int fd, int how)')
