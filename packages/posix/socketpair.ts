import { F_SETFD, FD_CLOEXEC } from './constants.ts'
import { fcntl } from './fcntl.ts'
import { libc } from './libc.ts'

/**
 * Two sockets that are connected to each other; the family is `AF_UNIX`. socketpair(2)
 * @example
 * const [a, b] = socketpair(AF_UNIX, SOCK_STREAM)
 * @throws {SystemError} `EMFILE`, `EOPNOTSUPP` …
 */
export function socketpair(family: number, type: number): [number, number] {
  const fds = new Int32Array(2)
  call(family, type, 0, fds)
  for (const fd of fds) fcntl(fd, F_SETFD, FD_CLOEXEC)
  return [fds[0]!, fds[1]!]
}

const call = libc('int socketpair(int family, int type, int protocol, int *fds)')
