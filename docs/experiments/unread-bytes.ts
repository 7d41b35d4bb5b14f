/** The server says BYE and closes. Does it matter whether it has read everything? And what is a reset? */
import {
  close,
  poll,
  POLLIN,
  POLLRDHUP,
  recv,
  send,
  setsockopt,
  SO_LINGER,
  SOL_SOCKET,
} from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { connection } from './lib/tcp.ts'

console.log('the server has read everything, says BYE and closes')
end(({ client, server }) => {
  send(client, 'unread')
  recv(server)
  send(server, 'BYE')
  close(server)
})
console.log('the server closes with 6 unread bytes')
end(({ client, server }) => {
  send(client, 'unread')
  poll([{ fd: server, events: POLLIN }])
  send(server, 'BYE')
  close(server)
})
console.log('the server sets SO_LINGER to 0 s, says BYE and closes')
end(({ server }) => {
  setsockopt(server, SOL_SOCKET, SO_LINGER, Int32Array.of(1, 0))
  send(server, 'BYE')
  close(server)
})

function end(how: (ends: ReturnType<typeof connection>) => void): void {
  const ends = connection()
  how(ends)
  poll([{ fd: ends.client, events: POLLRDHUP }])
  show('  first recv(client)', () => recv(ends.client))
  show('  second recv(client)', () => recv(ends.client))
}
