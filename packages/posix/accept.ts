import { F_SETFD, FD_CLOEXEC, SOCK_CLOEXEC } from './constants.ts'
import { fcntl } from './fcntl.ts'
import { libc } from './libc.ts'

/**
 * Takes the next completed connection from the queue of a listening socket, and returns a new descriptor for it.
 * Waits where there is none. Whose it is, `getpeername` tells. accept(2)
 * @throws {SystemError} `EAGAIN` where the listening socket is non-blocking and nobody waits, `EINVAL` where it does not
 * listen, `EMFILE` …
 */
export function accept(fd: number): number {
  if (process.platform === 'linux') return accept4(fd, null, null, SOCK_CLOEXEC)
  const connected = plainAccept(fd, null, null)
  fcntl(connected, F_SETFD, FD_CLOEXEC)
  return connected
}

const accept4 = libc('int accept4(int fd, void *address, void *length, int flags)')
const plainAccept = libc('int accept(int fd, void *address, void *length)')
