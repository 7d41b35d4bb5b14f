import { F_SETFD, FD_CLOEXEC, SOCK_CLOEXEC } from './constants.ts'
import { fcntl } from './fcntl.ts'
import { libc } from './libc.ts'

/**
 * A new socket, and the descriptor that stands for it. It has no address and no peer yet. socket(2)
 *
 * Close-on-exec, as all descriptors of this package: no program that is started gets it, unless it is given on purpose.
 * Calls on it wait (they block the whole of Node) until it is made non-blocking by `fcntl`.
 *
 * @param family `AF_INET`, `AF_INET6`, `AF_UNIX`
 * @param type `SOCK_STREAM` for a byte stream, `SOCK_DGRAM` for datagrams
 * @param protocol 0 for the usual one of this family and type: TCP, UDP
 * @example
 * const fd = socket(AF_INET, SOCK_STREAM)
 * @throws {SystemError} `EMFILE`, `EAFNOSUPPORT`, `EPERM` …
 */
export function socket(family: number, type: number, protocol = 0): number {
  if (process.platform === 'linux') return call(family, type | SOCK_CLOEXEC, protocol)
  const fd = call(family, type, protocol)
  fcntl(fd, F_SETFD, FD_CLOEXEC)
  return fd
}

const call = libc('int socket(int family, int type, int protocol)')
