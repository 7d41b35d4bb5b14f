/** A child has a copy of a connected socket. The parent closes its own. Is the connection over? */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { close, MSG_DONTWAIT, poll, POLLIN, recv } from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { connection } from './lib/tcp.ts'

const { client, server } = connection()
const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore', server] })
await once(child, 'spawn')

close(server)
console.log('the parent has closed it; the child has it')
show('  recv(client)', () => recv(client, 10, MSG_DONTWAIT))

child.stdin!.end()
await once(child, 'exit')
console.log('the child has ended')
poll([{ fd: client, events: POLLIN }])
show('  recv(client): the end of the stream', () => recv(client, 10, MSG_DONTWAIT))
