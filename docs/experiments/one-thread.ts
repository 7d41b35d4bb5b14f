/** 200 clients at the same time, the last one answered first. How many threads and processes does the server need? */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

const threads = () => readdirSync('/proc/self/task').length
const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', 511)
await once(server, 'listening')
const before = threads()

const clients: Socket[] = []
for (let n = 1; n <= 200; n++) {
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').setEncoding('utf8')
  await once(client, 'connect')
  clients.push(client)
}
let right = 0
for (const [n, client] of [...clients.entries()].toReversed()) {
  client.write(`hello from ${n}`)
  const [text] = (await once(client, 'data')) as [string]
  if (text === `hello from ${n}`) right++
}
console.log(`clients connected at the same time: ${clients.length}`)
console.log(`answered, the last one first: ${right}`)
console.log(`threads more than without clients: ${threads() - before}`)
clients.forEach((client) => client.destroy())
server.close()
