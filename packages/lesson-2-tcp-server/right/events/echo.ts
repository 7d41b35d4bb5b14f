/** Events only: 'data' and 'end', write() and 'drain'. */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

export interface EchoServer {
  address: AddressInfo
  connections(): number
  close(): Promise<void>
}

export function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = []
    const server = createServer({ allowHalfOpen: true })
    server.on('connection', (socket) => {
      sockets.push(socket)
      socket.on('data', (piece) => {
        if (socket.write(piece)) return
        socket.pause()
        socket.once('drain', () => socket.resume())
      })
      socket.on('end', () => socket.end())
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1))
    })
    server.on('error', reject)
    server.listen(port, host, backlog, () => {
      resolve({
        address: server.address() as AddressInfo,
        connections: () => sockets.length,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            for (const socket of sockets) socket.destroy()
          }),
      })
    })
  })
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
