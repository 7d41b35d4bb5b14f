/** Three sends: how many receives does it take? And does send() take all that it is given? */
import { F_SETFL, fcntl, MSG_PEEK, O_NONBLOCK, poll, POLLIN, recv, send } from '@socket-dojo/posix'
import { until } from './lib/kernel.ts'
import { show } from './lib/show.ts'
import { connection } from './lib/tcp.ts'

const { client, server } = connection()
for (const text of ['one', 'two', 'three']) show(`send("${text}")`, () => send(client, text))
await until(() => recv(server, 4096, MSG_PEEK).length === 11) // All of it has arrived.
show('recv(4)', () => recv(server, 4))
show('recv(4096)', () => recv(server, 4096))

const mebibytes = Buffer.alloc(64 * 2 ** 20)
fcntl(client, F_SETFL, O_NONBLOCK)
const taken = send(client, mebibytes)
console.log('send() of 64 MiB, without waiting')
console.log(`  took some of it: ${taken > 0}, all of it: ${taken === mebibytes.length}`)
let received = 0
let calls = 0
while (received < taken) {
  poll([{ fd: server, events: POLLIN }])
  received += recv(server, 65536).length
  calls++
}
console.log(
  `  all that it took was received: ${received === taken}, by more than one recv(): ${calls > 1}`,
)
