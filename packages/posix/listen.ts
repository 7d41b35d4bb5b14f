import { libc } from './libc.ts'

/**
 * Makes a stream socket a listening one: from now on the system completes connections to its address. listen(2)
 * @param backlog how many completed connections may wait for accept(2); the system may round it, and has a maximum.
 * @throws {SystemError} `EADDRINUSE`, `EOPNOTSUPP` where the socket is of another kind.
 */
export function listen(fd: number, backlog: number): void {
  call(fd, backlog)
}

const call = libc('int listen(int fd, int backlog)')
