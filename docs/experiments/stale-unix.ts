/** A server on a path is killed. Its file is still there: can the next server take the path, can a client connect? */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AF_UNIX, bind, connect, listen, SOCK_STREAM, socket } from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const folder = mkdtempSync(join(tmpdir(), 'stale-'))
const path = join(folder, 'socket')
const program = `require('node:net').createServer().listen(process.argv[1], () => console.log('listening'))`
const server = spawn(process.execPath, ['-e', program, path])
await once(server.stdout, 'data')

show('the server listens: connect()', () => connect(unix(), { path }))
server.kill('SIGKILL')
await once(server, 'exit')
show('the server was killed: the file is there', () => existsSync(path))
show('  connect()', () => connect(unix(), { path }))
show('  bind() of the next server', () => bind(unix(), { path }))
rmSync(path)
show('the file is removed: connect()', () => connect(unix(), { path }))
show('  bind() of the next server', () => bind(unix(), { path }))
rmSync(folder, { recursive: true })

const name = `\0${path}`
const abstract = unix()
show('an abstract name (Linux): bind()', () => bind(abstract, { path: name }))
show('  listen()', () => listen(abstract, 5))
show('  connect()', () => connect(unix(), { path: name }))
show('  a file of that name', () => existsSync(path))

function unix(): number {
  return socket(AF_UNIX, SOCK_STREAM)
}
