/** A descriptor stands for a socket. Is there a file behind it? An address? */
import { readlinkSync, readSync, writeSync } from 'node:fs'
import { AF_INET, AF_UNIX, getsockname, SOCK_STREAM, socket, socketpair } from '@socket-dojo/posix'
import { libc } from '../../packages/posix/libc.ts'
import { show } from './lib/show.ts'

const lseek = libc('long lseek(int fd, long offset, int whence)')

const [a, b] = socketpair(AF_UNIX, SOCK_STREAM)
console.log('a socket pair of this machine, AF_UNIX')
show('  /proc/self/fd/N', () => readlinkSync(`/proc/self/fd/${a}`).replace(/\d+/, 'inode'))
show('  write() at one end', () => writeSync(a, 'hello'))
const bytes = Buffer.alloc(5)
show('  read() at the other', () => readSync(b, bytes) && bytes)
show('  lseek()', () => lseek(a, 0, 0))
show('  address', () => getsockname(a))

console.log('a new TCP socket')
const tcp = socket(AF_INET, SOCK_STREAM)
show('  /proc/self/fd/N', () => readlinkSync(`/proc/self/fd/${tcp}`).replace(/\d+/, 'inode'))
show('  address', () => getsockname(tcp))
