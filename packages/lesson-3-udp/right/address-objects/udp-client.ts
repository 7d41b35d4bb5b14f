import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIP } from 'node:net'

const [host = '', port, ...messages] = process.argv.slice(2)

for (const message of messages) {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4')
  socket.bind()
  await once(socket, 'listening')
  await new Promise<void>((resolve, reject) => {
    socket.send(message, Number(port), host, (error) => (error ? reject(error) : resolve()))
  })
  socket.close()
  await once(socket, 'close')
}
