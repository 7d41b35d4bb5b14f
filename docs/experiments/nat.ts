/**
 * A gateway between hosts A and B inside, and a server and a stranger outside. What does it change in a packet, what does
 * it remember, and who can begin? It makes real packets here, and the system's sockets receive them.
 */
import { MSG_DONTWAIT, poll, POLLIN, recvfrom, type InternetAddress } from '@socket-dojo/posix'
import { inOwnNetwork } from './lib/own-network.ts'
import { rawSocket, udpPacket } from './lib/packet.ts'
import { udpSocket } from './lib/udp.ts'

inOwnNetwork()
const send = rawSocket()
/** Descriptors and names of the ends, by `address:port`. */
const ends = new Map<string, { fd: number; name: string }>()

const A = end('A:p', '127.0.0.11')
const B = end('B:p', '127.0.0.12', A.port)
const server = end('server:s', '127.0.0.31')
const stranger = end('stranger:x', '127.0.0.41')

/** The gateway's table: an end inside, the end of the gateway that stands for it, and whom it may hear. */
const table: { inside: InternetAddress; outside: InternetAddress; peer?: InternetAddress }[] = []

console.log('A and B send to the server, from the same port p')
fromInside(A, server, 'I am A')
fromInside(B, server, 'I am B')
console.log('the server answers both')
fromOutside(server, table[0]!.outside, 'dear A')
fromOutside(server, table[1]!.outside, 'dear B')
console.log('a stranger sends to the port that stands for A')
fromOutside(stranger, table[0]!.outside, 'let me in')
console.log('somebody adds a rule, port forwarding: gateway:3 stands for B:p, whoever sends')
table.push({ inside: B, outside: newPort() })
fromOutside(stranger, table[2]!.outside, 'let me in')
console.log('B answers the stranger')
fromInside(B, stranger, 'come in')

/** The source is replaced, the destination stays. Without an entry, one is made. */
function fromInside(from: InternetAddress, to: InternetAddress, data: string): void {
  let entry = table.find(({ inside, peer = to }) => same(inside, from) && same(peer, to))
  if (!entry) table.push((entry = { inside: from, outside: newPort(), peer: to }))
  deliver([from, to], [entry.outside, to], data)
}

/** The destination is replaced, the source stays. Without an entry, nobody inside is meant. */
function fromOutside(from: InternetAddress, to: InternetAddress, data: string): void {
  const entry = table.find(({ outside, peer = from }) => same(outside, to) && same(peer, from))
  if (entry) deliver([from, to], [from, entry.inside], data)
  else console.log(`  ${nameOf(from)} → ${nameOf(to)}  no entry: dropped`)
}

type Ends = [from: InternetAddress, to: InternetAddress]

function deliver(before: Ends, after: Ends, data: string): void {
  const [was, is] = [before, after].map((pair) => pair.map(nameOf).join(' → '))
  const [from, to] = after
  send(udpPacket(from, to, data), to)
  const { fd, name } = ends.get(key(to))!
  poll([{ fd, events: POLLIN }], 2000)
  const heard = recvfrom(fd, 100, MSG_DONTWAIT)
  console.log(`  ${was}  becomes  ${is}`)
  console.log(
    `    ${name} hears "${heard.data.toString()}" from ${nameOf(heard.from as InternetAddress)}`,
  )
}

/** A UDP socket that hears what is sent to this end. */
function end(name: string, address: string, port?: number): InternetAddress {
  const { fd, at } = udpSocket(address, port)
  ends.set(key(at), { fd, name })
  return at
}

function newPort(): InternetAddress {
  return end(`gateway:${table.length + 1}`, '127.0.0.21')
}

function nameOf(at: InternetAddress): string {
  return ends.get(key(at))!.name
}

function same(one: InternetAddress, other: InternetAddress): boolean {
  return key(one) === key(other)
}

function key({ address, port }: InternetAddress): string {
  return `${address}:${port}`
}
