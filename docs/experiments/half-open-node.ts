/** A server of Node answers when the client has sent everything, a little later. Does the answer arrive? */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

for (const allowHalfOpen of [false, true]) {
  const server = createServer({ allowHalfOpen }, (socket) => {
    socket.on('error', () => {}) // write() after Node has ended our side for us
    socket.resume().on('end', () => setTimeout(() => socket.end('abc'), 50))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1').end('question')
  console.log(
    `allowHalfOpen: ${allowHalfOpen}   the client gets ${JSON.stringify(await text(client))}`,
  )
  server.close()
}
