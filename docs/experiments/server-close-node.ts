/** What does `server.close()` of Node close? */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

let closed = false
const server = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

const client = connect(port, '127.0.0.1')
await once(client, 'connect')
client.setEncoding('utf8').write('before')
await once(client, 'data')

server.close(() => (closed = true))
console.log('after server.close()')
client.write('still here')
const [text] = (await once(client, 'data')) as [string]
console.log(`  a connection from before echoes: ${JSON.stringify(text)}`)
console.log(`  the callback of close() was called: ${closed}`)

const late = connect(port, '127.0.0.1')
const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException]
console.log(`  a new connection: ${error.code}`)

client.end()
await once(server, 'close')
console.log('after the last connection has ended')
console.log(`  the callback of close() was called: ${closed}`)
