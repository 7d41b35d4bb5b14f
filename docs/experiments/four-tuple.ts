/** Can one client port have several connections? When are two connections the same one? */
import {
  AF_INET,
  bind,
  connect,
  getsockname,
  listen,
  setsockopt,
  SO_REUSEADDR,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  type InternetAddress,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'

const P = server()
const Q = server()
const C = freePort()

show('127.0.0.1:C to 127.0.0.1:P', () => client('127.0.0.1', P))
show('127.0.0.1:C to 127.0.0.2:P, another address', () => client('127.0.0.2', P))
show('127.0.0.1:C to 127.0.0.1:Q, another port', () => client('127.0.0.1', Q))
show('127.0.0.1:C to 127.0.0.1:P, once more', () => client('127.0.0.1', P))

/** Connects from port C; SO_REUSEADDR lets several sockets have it, as long as none of them listens. */
function client(address: string, port: number): void {
  const fd = socket(AF_INET, SOCK_STREAM)
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1)
  bind(fd, { address: '127.0.0.1', port: C })
  connect(fd, { address, port })
}

/** A server on all addresses; its port. */
function server(): number {
  const fd = socket(AF_INET, SOCK_STREAM)
  listen(fd, 5)
  return portOf(fd)
}

/** A port that is ours: this socket holds it, and has SO_REUSEADDR, too. */
function freePort(): number {
  const fd = socket(AF_INET, SOCK_STREAM)
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1)
  bind(fd, { address: '127.0.0.1', port: 0 })
  return portOf(fd)
}

function portOf(fd: number): number {
  return (getsockname(fd) as InternetAddress).port
}
