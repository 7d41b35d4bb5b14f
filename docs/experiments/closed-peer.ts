/** The other side has closed its socket. What do recv() and send() answer, one after the other? */
import { close, poll, POLLIN, recv, send } from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { connection } from './lib/tcp.ts'

const { client, server } = connection()
close(server)
poll([{ fd: client, events: POLLIN }])
show('recv(): 0 bytes, the end of the stream', () => recv(client))
show('first send()', () => send(client, 'a'))
poll([{ fd: client, events: 0 }]) // Until the answer to it has come, a reset: POLLERR and POLLHUP are reported unasked.
show('second send()', () => send(client, 'b'))
