/** Can two sockets listen on one port? */
import {
  AF_INET,
  bind,
  getsockname,
  listen,
  setsockopt,
  SO_REUSEPORT,
  SOCK_STREAM,
  socket,
  SOL_SOCKET,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'

for (const shared of [false, true]) {
  console.log(`SO_REUSEPORT on both: ${shared}`)
  const first = socketWith(shared)
  bind(first, { address: '127.0.0.1', port: 0 })
  show('  the first listens', () => listen(first, 5))
  const second = socketWith(shared)
  show('  the second listens', () => {
    bind(second, getsockname(first))
    listen(second, 5)
  })
}

function socketWith(shared: boolean): number {
  const fd = socket(AF_INET, SOCK_STREAM)
  if (shared) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, 1)
  return fd
}
