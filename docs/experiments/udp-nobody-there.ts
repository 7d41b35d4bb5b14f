/** Datagrams to a port where nobody listens. Does the sender hear of it? */
import {
  AF_INET,
  bind,
  connect,
  getsockname,
  IP_RECVERR,
  IPPROTO_IP,
  poll,
  sendto,
  send,
  setsockopt,
  SOCK_DGRAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const nobody = addressOfNobody()

console.log('unconnected')
const plain = socket(AF_INET, SOCK_DGRAM)
for (const nth of ['first', 'second', 'third']) {
  show(`  ${nth} sendto()`, () => sendto(plain, 'hello', nobody))
  poll([{ fd: plain, events: 0 }], 50)
}

console.log('connected')
const connected = socket(AF_INET, SOCK_DGRAM)
show('  connect()', () => connect(connected, nobody))
show('  first send()', () => send(connected, 'hello'))
poll([{ fd: connected, events: 0 }]) // Until the ICMP message has come: POLLERR is reported unasked.
show('  second send()', () => send(connected, 'hello'))

console.log('unconnected, with IP_RECVERR (Linux)')
const told = socket(AF_INET, SOCK_DGRAM)
setsockopt(told, IPPROTO_IP, IP_RECVERR, 1)
show('  first sendto()', () => sendto(told, 'hello', nobody))
poll([{ fd: told, events: 0 }])
show('  second sendto()', () => sendto(told, 'hello', nobody))

/**
 * An address that is ours, so that no other program comes to be there; but our socket is connected to somebody else, and
 * takes no datagrams from us.
 */
function addressOfNobody(): InternetAddress {
  const fd = socket(AF_INET, SOCK_DGRAM)
  bind(fd, { address: '127.0.0.1', port: 0 })
  connect(fd, { address: '127.0.0.1', port: 9 })
  return getsockname(fd) as InternetAddress
}
