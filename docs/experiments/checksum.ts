/** A gateway replaces the source of a packet. Does the receiver take it if nothing else is changed? */
import { MSG_DONTWAIT, poll, POLLIN, recv, recvfrom } from '@socket-dojo/posix'
import { inOwnNetwork } from './lib/own-network.ts'
import { packetChecksumOffset as offset, rawSocket, udpPacket } from './lib/packet.ts'
import { show } from './lib/show.ts'
import { udpSocket } from './lib/udp.ts'

inOwnNetwork()
const receiver = udpSocket('127.0.0.3')
const send = rawSocket()

const inside = { address: '127.0.0.1', port: 32541 }
const outside = { address: '127.0.0.2', port: 60001 }

const original = udpPacket(inside, receiver.at, 'checksum kept')
const careless = udpPacket(outside, receiver.at, 'checksum kept')
original.copy(careless, offset, offset, offset + 2)
const careful = udpPacket(outside, receiver.at, 'checksum replaced, too')

show('sent: source replaced, checksum kept', () => send(careless, receiver.at))
show('sent: source replaced, checksum replaced, too', () => send(careful, receiver.at))
poll([{ fd: receiver.fd, events: POLLIN }], 2000)
const { data, from } = recvfrom(receiver.fd)
console.log(`received: "${data.toString()}" from ${Object.values(from).join(':')}`)
show('and nothing else', () => recv(receiver.fd, 100, MSG_DONTWAIT))
