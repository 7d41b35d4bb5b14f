/** What is a pipe? How much does it hold, when does it end, and what becomes of a writer whose reader is gone? */
import { closeSync, fstatSync, readSync, writeSync } from 'node:fs'
import { dup, F_GETFL, F_SETFL, fcntl, getsockname, O_NONBLOCK, pipe } from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const [reader, writer] = pipe()
for (const fd of [reader, writer]) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK)
show('a pipe', () => fstatSync(reader).isFIFO())
show('has an address', () => getsockname(reader))
show('can be written at its read end', () => writeSync(reader, 'x'))

let held = 0
while (write(Buffer.alloc(4096))) held += 4096
show('holds, in bytes', () => held)
for (let rest = held; rest > 0;) rest -= readSync(reader, Buffer.alloc(held))

const copy = dup(writer)
closeSync(writer)
show('one of two write ends is closed: read()', () => readSync(reader, Buffer.alloc(1)))
closeSync(copy)
show('the last write end is closed: read()', () => readSync(reader, Buffer.alloc(1)))

const [gone, lonely] = pipe()
closeSync(gone)
show('the read end is closed: write()', () => writeSync(lonely, 'x'))

function write(bytes: Buffer): boolean {
  try {
    return writeSync(writer, bytes) === bytes.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false
    throw error
  }
}
