/** What goes over the wire, and which call sends it? All frames of one connection, as a network analyser sees them. */
import {
  accept,
  AF_INET,
  close,
  connect,
  poll,
  POLLIN,
  recv,
  send,
  setsockopt,
  SHUT_WR,
  shutdown,
  SOCK_RAW,
  SOCK_STREAM,
  socket,
} from '@socket-dojo/posix'
import { inOwnNetwork } from './lib/own-network.ts'
import { listening } from './lib/tcp.ts'
import { rows } from './lib/kernel.ts'

inOwnNetwork()
const wire = capture()
const ethernet = new Set<string>()
const { listener, address } = listening()

const client = socket(AF_INET, SOCK_STREAM)
frames('socket(), bind(), listen(), socket()', 0)
connect(client, address)
frames('connect()', 3)
const server = accept(listener)
frames('accept()', 0)
send(client, 'hello')
frames('send(client, "hello")', 2)
recv(server)
send(server, 'world')
frames('send(server, "world")', 2)
shutdown(client, SHUT_WR)
frames('shutdown(client, SHUT_WR)', 2)
close(server)
frames('close(server)', 2)
console.log(
  `the kernel still has the client's end: ${rows(address.port, 'tcp', 'remote')[0]?.state}`,
)
console.log(`Ethernet addresses on loopback, both: ${[...ethernet].join()}`)

/** Sees every frame that comes in at loopback: packet(7) */
function capture(): number {
  const [AF_PACKET, SOL_PACKET, PACKET_IGNORE_OUTGOING] = [17, 263, 23]
  const everyProtocol = 0x0300 // ETH_P_ALL, in the byte order of the network
  const fd = socket(AF_PACKET, SOCK_RAW, everyProtocol)
  setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
  return fd
}

/** Prints the frames that a call has caused. */
function frames(call: string, count: number): void {
  console.log(call)
  for (let n = 0; n < count; n++) {
    poll([{ fd: wire, events: POLLIN }], 2000)
    console.log(`  ${describe(recv(wire))}`)
  }
}

/** Ethernet, 14 bytes; IPv4, 20 bytes and options; TCP, 20 bytes and options (RFC 791, RFC 9293). */
function describe(frame: Buffer): string {
  ethernet.add(frame.subarray(0, 12).toString('hex'))
  const ip = frame.subarray(14, 14 + frame.readUInt16BE(16))
  const tcp = ip.subarray((ip[0]! & 15) * 4)
  const data = tcp.subarray((tcp[12]! >> 4) * 4)
  const flags = ['FIN', 'SYN', 'RST', 'PSH', 'ACK'].filter((_, bit) => tcp[13]! & (1 << bit))
  const from = tcp.readUInt16BE(0) === address.port ? 'server → client' : 'client → server'
  const lengths = [14, ip.length - tcp.length, tcp.length - data.length, data.length].join(' + ')
  const text = data.length === 0 ? '' : ` ${JSON.stringify(data.toString())}`
  return `${from}  ${flags.join(' ').padEnd(8)} ${lengths} bytes${text}`
}
