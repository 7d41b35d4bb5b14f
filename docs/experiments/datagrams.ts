/** What does a datagram keep, and what not? How long can it be? */
import {
  AF_INET,
  bind,
  getsockname,
  recv,
  sendto,
  SOCK_DGRAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const receiver = socket(AF_INET, SOCK_DGRAM)
bind(receiver, { address: '127.0.0.1', port: 0 })
const address = getsockname(receiver) as InternetAddress
const sender = socket(AF_INET, SOCK_DGRAM)

console.log('three datagrams, one of them empty, then three calls')
for (const text of ['one', '', 'three']) sendto(sender, text, address)
for (let n = 1; n <= 3; n++) show(`  recv() ${n}`, () => recv(receiver))

console.log('"hello" and "world", received with room for 2 bytes')
for (const text of ['hello', 'world']) sendto(sender, text, address)
for (let n = 1; n <= 2; n++) show(`  recv() ${n}`, () => recv(receiver, 2))

console.log('the longest')
show('  sendto() of 65,507 bytes', () => sendto(sender, Buffer.alloc(65507), address))
show('  recv()', () => recv(receiver).length)
show('  sendto() of 65,508 bytes', () => sendto(sender, Buffer.alloc(65508), address))
