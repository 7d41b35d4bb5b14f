/** The same in Node: datagrams to a port where nobody listens. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

// It keeps the port for us, and takes no datagrams from us: it is connected to somebody else.
const keeper = createSocket('udp4').bind(0, '127.0.0.1')
await once(keeper, 'listening')
const { port } = keeper.address()
keeper.connect(9, '127.0.0.1')
await once(keeper, 'connect')

const errors: string[] = []
const plain = createSocket('udp4').on('error', ({ message }) => errors.push(message))
for (let n = 0; n < 3; n++) await send(plain)
plain.close()
await once(plain, 'close')
console.log(`unconnected   3 sends, errors: ${errors.length}`)

const connected = createSocket('udp4')
connected.connect(port, '127.0.0.1')
await once(connected, 'connect')
for (let n = 1; n <= 3; n++) {
  const failed = once(connected, 'error') as Promise<[NodeJS.ErrnoException]>
  connected.send('hello')
  const [{ code, syscall }] = await failed
  console.log(`connected     'error' after send ${n}: ${code}, ${syscall}`)
}
connected.close()
keeper.close()

function send(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send('hello', port, '127.0.0.1', (error) => (error ? reject(error) : resolve()))
  })
}
