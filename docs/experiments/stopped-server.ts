/** The server process is stopped: it cannot run a single instruction. Can a client connect and send? */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { recv, send } from '@socket-dojo/posix'
import { until } from './lib/kernel.ts'
import { show } from './lib/show.ts'
import { connectedTo } from './lib/tcp.ts'

const program = `
  const server = require('node:net').createServer((socket) => socket.pipe(socket))
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`
const server = spawn(process.execPath, ['-e', program])
process.on('exit', () => server.kill('SIGKILL'))
const [port] = (await once(server.stdout, 'data')) as [Buffer]

server.kill('SIGSTOP')
await until(() => stateOf(server.pid!) === 'T')
console.log('the server is stopped')
let client = 0
show('  connect()', () => void (client = connectedTo({ address: '127.0.0.1', port: Number(port) })))
show('  send("hello")', () => send(client, 'hello'))

server.kill('SIGCONT')
console.log('the server goes on')
show('  recv(): its answer', () => recv(client))
server.kill('SIGKILL')

/** The state of a process: the field behind its name in proc_pid_stat(5). T: stopped. */
function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]
}
