/** Ends itself by process.exit(0), once everything is out. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

const [port = 0, clients = 0] = process.argv.slice(2).map(Number)
const greeted = new Set<string>()

const server = createServer({ allowHalfOpen: true }, (socket) => {
  const name = `${socket.remoteAddress}:${socket.remotePort}`
  socket.on('error', () => greeted.delete(name))
  socket.once('end', () => socket.destroy())
  socket.resume()
  process.stdout.write(`${name}\n`, () => {
    socket.end('Hello World!', () => {
      socket.on('close', (hadError) => {
        if (hadError) return
        greeted.add(name)
        if (greeted.size === clients) process.exit(0)
      })
    })
  })
})
server.listen(port, '127.0.0.1', () => {
  console.log(`listening on 127.0.0.1:${(server.address() as AddressInfo).port}`)
})
