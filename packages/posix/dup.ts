import { F_SETFD, FD_CLOEXEC } from './constants.ts'
import { fcntl } from './fcntl.ts'
import { libc } from './libc.ts'

/**
 * A second descriptor for the same open file description: the lowest number that is free. dup(2)
 * Close-on-exec, unlike that of dup(2).
 * @throws {SystemError} `EBADF`, `EMFILE`
 */
export function dup(fd: number): number {
  const copy = call(fd)
  fcntl(copy, F_SETFD, FD_CLOEXEC)
  return copy
}

const call = libc('int dup(int fd)')
