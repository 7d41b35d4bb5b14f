import { createSocket } from 'node:dgram'
import { on, once } from 'node:events'

const [port, datagrams] = process.argv.slice(2).map(Number)
const socket = createSocket('udp4')
const messages = on(socket, 'message') as AsyncIterable<[Buffer]>
socket.bind(port, '127.0.0.1')
await once(socket, 'listening')
console.log(`listening on 127.0.0.1:${socket.address().port}`)

let printed = 0
for await (const [message] of messages) {
  process.stdout.write(`${message.toString()}\n`)
  if (++printed === datagrams) break
}
socket.close()
