/** When does a socket get its port, if nobody calls bind()? */
import {
  AF_INET,
  connect,
  getsockname,
  listen,
  sendto,
  SOCK_DGRAM,
  SOCK_STREAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { listening } from './lib/tcp.ts'

const { address } = listening()

const client = socket(AF_INET, SOCK_STREAM)
before('TCP client', client)
connect(client, address)
after('connect()', client)

const udp = socket(AF_INET, SOCK_DGRAM)
before('UDP sender', udp)
sendto(udp, 'hello', { address: '127.0.0.1', port: 9 })
after('sendto()', udp)

const server = socket(AF_INET, SOCK_STREAM)
before('TCP server', server)
listen(server, 5)
after('listen()', server)

function before(who: string, fd: number): void {
  const { address: ip, port } = getsockname(fd) as InternetAddress
  console.log(`${who}, after socket(): ${ip}, port ${port}`)
}

function after(call: string, fd: number): void {
  const { address: ip, port } = getsockname(fd) as InternetAddress
  console.log(`  after ${call}: ${ip}, port ${port === 0 ? 0 : 'chosen by the system'}`)
}
