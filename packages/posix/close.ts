import { libc } from './libc.ts'

/**
 * Gives a descriptor back. Its number is free at once; what it stood for ends with its last descriptor, in whatever
 * process that is. close(2)
 * @throws {SystemError} `EBADF` where there is no such descriptor.
 */
export function close(fd: number): void {
  call(fd)
}

const call = libc('int close(int fd)')
