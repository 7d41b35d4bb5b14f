/** Is the socket that accept() returns the one that listens, the client's, or a third one? Who has which address? */
import {
  accept,
  AF_INET,
  bind,
  connect,
  getpeername,
  getsockname,
  listen,
  SOCK_STREAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'
import { answer } from './lib/show.ts'

/** The two ports that the system chooses, under names. */
const names = new Map<number, string>()

const listener = socket(AF_INET, SOCK_STREAM)
console.log('after socket()')
tell('listener', listener)

bind(listener, { address: '127.0.0.1', port: 0 })
listen(listener, 5)
const address = getsockname(listener) as InternetAddress
names.set(address.port, 'S')
console.log('after bind() and listen()')
tell('listener', listener)

const client = socket(AF_INET, SOCK_STREAM)
connect(client, address)
names.set((getsockname(client) as InternetAddress).port, 'C')
const accepted = accept(listener)
console.log('after connect() and accept()')
tell('listener', listener)
tell('client', client)
tell('accepted', accepted)

function tell(name: string, fd: number): void {
  const [local, remote] = [getsockname, getpeername].map((call) => answer(() => place(call(fd))))
  console.log(`  ${name.padEnd(9)} local ${local!.padEnd(12)} remote ${remote}`)
}

function place(found: ReturnType<typeof getsockname>): string {
  const { address: ip, port } = found as InternetAddress
  return `${ip}:${names.get(port) ?? port}`
}
