/** When does a connection stand: when the server calls accept(), or before? */
import { isDeepStrictEqual } from 'node:util'
import {
  accept,
  close,
  getpeername,
  getsockname,
  poll,
  POLLERR,
  recv,
  send,
} from '@socket-dojo/posix'
import { rows, until } from './lib/kernel.ts'
import { show } from './lib/show.ts'
import { connectedTo, listening } from './lib/tcp.ts'

const { listener, address } = listening()
console.log('nobody has called accept()')
let first = -1
show('  connect(first)', () => void (first = connectedTo(address)))
show('  send(first, 1,000 bytes)', () => send(first, Buffer.alloc(1000, 'a')))
const arrived = () => rows(address.port).find(({ receiveQueue }) => receiveQueue === 1000)
await until(() => arrived() !== undefined)
const waiting = arrived()
console.log(`  the server's end: ${waiting?.state}, ${waiting?.receiveQueue} bytes wait there`)

console.log('accept()')
const server = accept(listener)
show('  is a new descriptor', () => server !== listener)
show('  getpeername() is the client', () =>
  isDeepStrictEqual(getpeername(server), getsockname(first)),
)
show('  recv() of what was sent before', () => `${recv(server).length} bytes`)

console.log('a second client connects, and the listening socket is closed before accept()')
const second = connectedTo(address)
show('  send(second)', () => send(second, 'hello'))
close(listener)
poll([{ fd: second, events: POLLERR }])
show('  recv(second)', () => recv(second))
show('  recv(first), of the accepted one', () => send(server, 'still here') && recv(first))
