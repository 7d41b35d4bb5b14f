/** Two processes that know nothing of each other, not even a PID: by what do they find the same pipe? */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipe } from '@socket-dojo/posix'

// By descriptors that each has got from their parent.
const [reader, writer] = pipe()
const first = spawn('echo', ['by a descriptor'], { stdio: ['ignore', writer, 'inherit'] })
closeSync(writer)
const second = spawn('cat', { stdio: [reader, 'pipe', 'inherit'] })
closeSync(reader)
const [text] = (await once(second.stdout!, 'data')) as [Buffer]
process.stdout.write(`an inherited pipe: ${text}`)
await Promise.all([first, second].map((child) => child.exitCode ?? once(child, 'exit')))

// By a name in the file system: fifo(7).
const folder = mkdtempSync(join(tmpdir(), 'fifo-'))
const path = join(folder, 'fifo')
spawnSync('mkfifo', [path])
spawn('sh', ['-c', `echo by a path > ${path}`])
const { stdout } = spawnSync('cat', [path], { encoding: 'utf8' })
process.stdout.write(`a named pipe:      ${stdout}`)
rmSync(folder, { recursive: true })
