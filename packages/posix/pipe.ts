import { closeSync } from 'node:fs'
import { F_SETFD, FD_CLOEXEC, SOCK_CLOEXEC } from './constants.ts'
import { fcntl } from './fcntl.ts'
import { libc } from './libc.ts'

/**
 * A new pipe: what is written to its second descriptor can be read from its first, in order. pipe(2)
 *
 * Both descriptors are close-on-exec: no program that is started gets them, unless it is given them on purpose.
 * They are plain numbers that nobody closes for you: `closeSync` of `node:fs` does.
 *
 * @example
 * const [readFd, writeFd] = pipe()
 * writeSync(writeFd, 'hello')
 * closeSync(writeFd)
 * readFileSync(readFd, 'utf8') // 'hello': the last write end is closed, so the stream has an end
 * @throws {SystemError} `EMFILE` where this process has no descriptor left, `ENFILE` where the system has none.
 */
export function pipe(): [readFd: number, writeFd: number] {
  const fds = new Int32Array(2)
  if (process.platform === 'linux') pipe2(fds, SOCK_CLOEXEC)
  else pipeThenMark(fds)
  return [fds[0]!, fds[1]!]
}

/** Where there is no pipe2(2), as on macOS. A child started between the two calls, by another thread, gets the pipe. */
function pipeThenMark(fds: Int32Array): void {
  plainPipe(fds)
  try {
    for (const fd of fds) fcntl(fd, F_SETFD, FD_CLOEXEC)
  } catch (error) {
    for (const fd of fds) closeSync(fd)
    throw error
  }
}

const pipe2 = libc('int pipe2(int *fds, int flags)')
const plainPipe = libc('int pipe(int *fds)')
