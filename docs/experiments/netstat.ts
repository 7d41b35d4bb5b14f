/** What stands in the columns "local" and "remote" of netstat and ss? A server, a client, and two UDP sockets. */
import {
  AF_INET,
  accept,
  bind,
  connect,
  getsockname,
  listen,
  recv,
  send,
  SOCK_DGRAM,
  SOCK_STREAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { rows } from './lib/kernel.ts'

const names = new Map<number, string>()

const listener = open(SOCK_STREAM, 'S', '0.0.0.0')
listen(listener, 5)
print('a server listens', 'tcp', listener)

const client = open(SOCK_STREAM, 'C')
connect(client, { address: '127.0.0.1', port: portOf(listener) })
const server = accept(listener)
send(client, 'question')
recv(server)
print('a client has connected, and sends to the server', 'tcp', listener, client)
send(server, 'answer')
recv(client)
print('the server sends to the client', 'tcp', listener, client)

const receiver = open(SOCK_DGRAM, 'U')
print('a UDP socket', 'udp', receiver)
connect(receiver, { address: '127.0.0.1', port: portOf(open(SOCK_DGRAM, 'V')) })
print('the same after connect()', 'udp', receiver)

/** A socket with a port that the system chooses, and its name here. */
function open(type: number, name: string, address = '127.0.0.1'): number {
  const fd = socket(AF_INET, type)
  bind(fd, { address, port: 0 })
  names.set(portOf(fd), name)
  return fd
}

function portOf(fd: number): number {
  return (getsockname(fd) as InternetAddress).port
}

function print(what: string, protocol: 'tcp' | 'udp', ...fds: number[]): void {
  console.log(what)
  const found = fds.flatMap((fd) => rows(portOf(fd), protocol))
  for (const { local, remote, state } of found.toSorted(byState))
    console.log(
      `  ${protocol}  local ${place(local).padEnd(12)} remote ${place(remote).padEnd(12)} ${state}`,
    )
}

function byState(one: { state: string; local: string }, other: { state: string; local: string }) {
  return other.state.localeCompare(one.state) || place(other.local).localeCompare(place(one.local))
}

/** With the names of our ports; 0 is a star in netstat and ss. */
function place(text: string): string {
  return text.replace(/\d+$/, (port) => names.get(Number(port)) ?? port)
}
