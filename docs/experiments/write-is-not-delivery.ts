/** A client of Node writes and writes; the other side never reads. Where are the bytes? */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { rows, until } from './lib/kernel.ts'

const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
const client = connect(port, '127.0.0.1')
const [[accepted]] = (await Promise.all([once(server, 'connection'), once(client, 'connect')])) as [
  [Socket],
  unknown,
]
let errors = 0
client.on('error', () => errors++)

const total = 32 * 2 ** 20
const piece = Buffer.alloc(64 * 1024)
let waits = 0
for (let written = 0; written < total; written += piece.length) if (!client.write(piece)) waits++

const ends = () => ({ sender: rows(client.localPort!)[0]!, receiver: rows(port).at(-1)! })
await until(() => ends().sender.sendQueue > 0 && ends().receiver.receiveQueue > 0)
const { sender, receiver } = ends()
console.log('32 MiB were given to write()')
console.log(`  errors: ${errors}   write() returned false: ${waits > 0}`)
console.log(`  some wait in this process (writableLength): ${client.writableLength > 0}`)
console.log(`  some in the kernel, at the sender (Send-Q): ${sender.sendQueue > 0}`)
console.log(`  some in the kernel, at the receiver (Recv-Q): ${receiver.receiveQueue > 0}`)
console.log(`  bytes that the other side has read: ${accepted.bytesRead}`)
client.destroy()
accepted.destroy()
server.close()
