/** One side has said all it has to say. Can it still listen? */
import { recv, send, SHUT_WR, shutdown } from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { connection } from './lib/tcp.ts'

const { client, server } = connection()
show('send(client, "question")', () => send(client, 'question'))
show('shutdown(client, SHUT_WR)', () => shutdown(client, SHUT_WR))
show('recv(server)', () => recv(server))
show('recv(server): the end of the stream', () => recv(server))
show('send(server, "answer")', () => send(server, 'answer'))
show('recv(client)', () => recv(client))
show('send(client, "more")', () => send(client, 'more'))
