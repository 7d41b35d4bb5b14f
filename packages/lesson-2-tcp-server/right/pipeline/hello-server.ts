/** pipeline() from a stream that holds the greeting; finished() tells how the connection ended. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'

let toGreet = Number(process.argv[3])

const server = createServer(async (socket) => {
  console.log('%s:%d', socket.remoteAddress, socket.remotePort)
  socket.resume()
  try {
    await Promise.all([pipeline(Readable.from(['Hello World!']), socket), finished(socket)])
    toGreet -= 1
  } catch {
    return
  }
  if (toGreet === 0) server.close()
})
server.listen(Number(process.argv[2]), '127.0.0.1').once('listening', () => {
  console.info(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
})
