/** Is the accepted socket a copy of the listening one? Two settings of the listener, seen at the accepted socket. */
import {
  accept,
  F_GETFL,
  F_SETFL,
  fcntl,
  getsockopt,
  IPPROTO_TCP,
  O_NONBLOCK,
  setsockopt,
  TCP_NODELAY,
} from '@socket-dojo/posix'
import { rows, until } from './lib/kernel.ts'
import { connectedTo, listening } from './lib/tcp.ts'

const { listener, address } = listening()
setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, 1)
fcntl(listener, F_SETFL, fcntl(listener, F_GETFL) | O_NONBLOCK)

connectedTo(address)
await until(() => rows(address.port).some(({ state }) => state === 'ESTABLISHED'))
const states = rows(address.port).map(({ state }) => state)
console.log(`before accept(), the kernel has on this port: ${states.toSorted().join(', ')}`)
const accepted = accept(listener)

console.log('            listener  accepted')
tell('TCP_NODELAY', (fd) => getsockopt(fd, IPPROTO_TCP, TCP_NODELAY) !== 0)
tell('O_NONBLOCK', (fd) => (fcntl(fd, F_GETFL) & O_NONBLOCK) !== 0)

function tell(name: string, isSet: (fd: number) => boolean): void {
  console.log(`${name.padEnd(12)}${String(isSet(listener)).padEnd(10)}${isSet(accepted)}`)
}
