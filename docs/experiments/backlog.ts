/**
 * How many clients can connect to a server that never calls accept()? And is the backlog the number of clients that a
 * server can have?
 */
import {
  accept,
  AF_INET,
  connect,
  F_SETFL,
  fcntl,
  getsockopt,
  O_NONBLOCK,
  poll,
  POLLOUT,
  SO_ERROR,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  SystemError,
  type InternetAddress,
} from '@socket-dojo/posix'
import { rows, until } from './lib/kernel.ts'
import { connectedTo, listening } from './lib/tcp.ts'

for (const backlog of [0, 1, 5]) {
  const { address } = listening(backlog)
  let connected = 0
  while (connects(address)) {
    connected++
    await until(() => rows(address.port)[0]?.receiveQueue === connected)
  }
  const [listener] = rows(address.port)
  console.log(`listen(fd, ${backlog}), nobody accepts`)
  console.log(`  connected: ${connected}   the next one: ${stateOfTheLast(address)} after 250 ms`)
  console.log(`  the kernel's queue for accept(): ${listener?.receiveQueue}`)
}

const { listener, address } = listening(1)
const open = Array.from({ length: 50 }, () => [connectedTo(address), accept(listener)])
console.log(`listen(fd, 1), and an accept() for each connect()`)
console.log(`  connections open at the same time: ${open.length}`)

/** Whether a new client is connected within 250 ms. */
function connects(to: InternetAddress): boolean {
  const client = socket(AF_INET, SOCK_STREAM)
  fcntl(client, F_SETFL, O_NONBLOCK)
  try {
    connect(client, to)
  } catch (error) {
    if ((error as SystemError).code !== 'EINPROGRESS') throw error
  }
  const [ready] = poll([{ fd: client, events: POLLOUT }], 250)
  return ready === POLLOUT && getsockopt(client, SOL_SOCKET, SO_ERROR) === 0
}

/** The state of the client's socket that has no peer yet. */
function stateOfTheLast({ port }: InternetAddress): string {
  return rows(port, 'tcp', 'remote').find(({ state }) => state === 'SYN_SENT')?.state ?? 'none'
}
