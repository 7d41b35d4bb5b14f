/** The server closes its listening socket. What becomes of the clients it has, and of the next one? */
import { accept, close, recv, send } from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { connectedTo, listening } from './lib/tcp.ts'

const { listener, address } = listening()
const client = connectedTo(address)
const server = accept(listener)
close(listener)

console.log('the listening socket is closed; a connection from before:')
show('  send(client, "ping")', () => send(client, 'ping'))
show('  recv(server)', () => recv(server))
show('  send(server, "pong")', () => send(server, 'pong'))
show('  recv(client)', () => recv(client))
console.log('a new client:')
show('  connect()', () => connectedTo(address))
