/** Two processes that know nothing of each other, not even a PID: by what do they find the same pipe? */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipe } from '@socket-dojo/posix'

// By descriptors that each has got from their parent.
const [reader, writer] = pipe()
spawn('echo', ['by a descriptor'], { stdio: ['ignore', writer, 'inherit'] })
closeSync(writer)
const sibling = spawnSync('cat', { stdio: [reader, 'pipe', 'inherit'], encoding: 'utf8' })
console.log(`an inherited pipe: ${sibling.stdout.trim()}`)

// By a name in the file system: fifo(7).
const folder = mkdtempSync(join(tmpdir(), 'fifo-'))
const path = join(folder, 'fifo')
spawnSync('mkfifo', [path])
spawn('sh', ['-c', 'echo by a path > "$0"', path])
const stranger = spawnSync('cat', [path], { encoding: 'utf8' })
console.log(`a named pipe:      ${stranger.stdout.trim()}`)
rmSync(folder, { recursive: true })
