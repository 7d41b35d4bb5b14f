/** 5,000 datagrams over loopback to a socket that nobody reads meanwhile. Do all arrive? */
import {
  AF_INET,
  bind,
  getsockname,
  MSG_DONTWAIT,
  recv,
  sendto,
  SOCK_DGRAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { answer } from './lib/show.ts'

const receiver = socket(AF_INET, SOCK_DGRAM)
bind(receiver, { address: '127.0.0.1', port: 0 })
const address = getsockname(receiver) as InternetAddress
const sender = socket(AF_INET, SOCK_DGRAM)

const sent = 5000
let taken = 0
for (let n = 0; n < sent; n++) taken += sendto(sender, Buffer.alloc(1000), address)

let arrived = 0
while (answer(() => recv(receiver, 1000, MSG_DONTWAIT)) !== 'EAGAIN') arrived++
console.log(`sendto() took all ${sent} datagrams: ${taken === sent * 1000}`)
console.log(`some arrived: ${arrived > 0}`)
console.log(`some were dropped: ${arrived < sent}`)
console.log(`most were dropped: ${arrived < sent / 2}`)
