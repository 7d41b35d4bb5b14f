import { libc } from './libc.ts'

/**
 * Reads or sets what a descriptor or its open file description carries besides. fcntl(2)
 * @example
 * fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) // calls on it no longer wait: they fail with EAGAIN
 * @throws {SystemError}
 */
export function fcntl(fd: number, command: number, value = 0): number {
  return call(fd, command, 'int', value)
}

const call = libc('int fcntl(int fd, int command, ...)')
