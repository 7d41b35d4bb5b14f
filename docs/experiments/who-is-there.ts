/** What does a client learn of the process at the other end? Over TCP, and over a socket of this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { isDeepStrictEqual } from 'node:util'
import {
  AF_INET,
  AF_UNIX,
  connect,
  getpeername,
  getsockopt,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  type Address,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const SO_PEERCRED = 17 // Linux, unix(7): the first number that it gives is the PID.

const name = `\0who-is-there-${process.pid}`
const program = `
  const { createServer } = require('node:net')
  const server = createServer().listen(0, '127.0.0.1', () =>
    createServer().listen('\\0' + process.argv[1], () => console.log(server.address().port)))`
const server = spawn(process.execPath, ['-e', program, name.slice(1)])
const [port] = (await once(server.stdout, 'data')) as [Buffer]

console.log('TCP: what connect() needs is an address and a port')
ask(AF_INET, { address: '127.0.0.1', port: Number(port) })
console.log('AF_UNIX: what it needs is a name')
ask(AF_UNIX, { path: name })
server.kill()

function ask(family: number, address: Address): void {
  const fd = socket(family, SOCK_STREAM)
  connect(fd, address)
  show('  getpeername() is that address', () => isDeepStrictEqual(getpeername(fd), address))
  const pid = getsockopt(fd, SOL_SOCKET, SO_PEERCRED)
  console.log(`  PID of the other end: ${pid === server.pid ? "the server's" : 'unknown'}`)
}
