/** A server ends its connections first, stops, and is started again at once, on the same port. Does it start? */
import {
  accept,
  AF_INET,
  bind,
  close,
  getsockname,
  listen,
  recv,
  setsockopt,
  SO_REUSEADDR,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
  type InternetAddress,
} from '@socket-dojo/posix'
import { rows, until } from './lib/kernel.ts'
import { show } from './lib/show.ts'
import { connectedTo } from './lib/tcp.ts'

for (const [first, second] of [
  [false, false],
  [true, true],
  [false, true],
] as const) {
  console.log(`SO_REUSEADDR before bind(): first run ${first}, second run ${second}`)
  const port = await serveOne(first)
  console.log(`  all descriptors are closed; the kernel still has: ${rows(port)[0]?.state}`)
  show('  the second run: bind() and listen()', () => close(server(second, port)))
}

/** A server whose only client it leaves first. Its port. */
async function serveOne(reuse: boolean): Promise<number> {
  const listener = server(reuse, 0)
  const address = getsockname(listener) as InternetAddress
  const client = connectedTo(address)
  close(accept(listener))
  recv(client) // The end of the stream has come: the server has closed first.
  close(client)
  close(listener)
  await until(() => rows(address.port).some(({ state }) => state === 'TIME_WAIT'))
  return address.port
}

function server(reuse: boolean, port: number): number {
  const fd = socket(AF_INET, SOCK_STREAM)
  if (reuse) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, 1)
  bind(fd, { address: '127.0.0.1', port })
  listen(fd, 5)
  return fd
}
