/**
 * Runs in the sandbox beside net-table.ts: two processes with sockets of which the suite knows everything, and the
 * table as one of the two sees it. Plain JavaScript, since it runs as it is.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { netTable } from '../submission/net-table.ts'

export { netTable }

/**
 * Listens, starts a child that inherits the listening socket as its fd 3, and that listens and connects to its parent by
 * itself. Returns the holders of all these sockets: `[pid, fd]`, by port.
 */
export async function family() {
  const gap = openSync('/dev/null')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  const child = spawn(process.execPath, ['-e', childCode, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit', fdOf(server)],
  })
  const [[line], [accepted]] = await Promise.all([
    once(createInterface(child.stdout), 'line'),
    once(server, 'connection'),
  ])
  // The lowest free number becomes that of the next folder to be read: so it is listed before those of the sockets.
  closeSync(gap)
  const told = JSON.parse(line)
  return {
    parent: process.pid,
    child: child.pid,
    shared: { port, fd: fdOf(server) },
    accepted: { port, fd: fdOf(accepted) },
    connected: told.connected,
    listening: told.listening,
  }
}

/** Node tells it nowhere else. */
// oxlint-disable-next-line no-underscore-dangle
const fdOf = (socket) => socket._handle.fd

const childCode = `
const net = require('node:net')
const peer = net.connect(process.argv[1], '127.0.0.1')
peer.on('connect', () => {
  const own = net.createServer().listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({
      connected: { port: peer.localPort, fd: peer._handle.fd },
      listening: { port: own.address().port, fd: own._handle.fd },
    }))
  })
})
`
