/** Through a PassThrough, and out by compose(): streams between the two directions. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { PassThrough, Transform, pipeline } from 'node:stream'

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

export async function startEcho({ host, port, backlog }: EchoOptions): Promise<EchoServer> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    const same = new Transform({
      transform: (piece: Buffer, _encoding, done) => done(null, Buffer.from(piece)),
    })
    socket.on('close', () => open.delete(socket))
    pipeline(socket, new PassThrough(), same, socket, (error) => {
      if (error) socket.destroy()
    })
  })
  await once(server.listen({ host, port, backlog }), 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => [...open].filter(({ destroyed }) => !destroyed).length,
    async close() {
      const ends = [...open].map((socket) => once(socket, 'close'))
      for (const socket of open) socket.destroy()
      server.close()
      await Promise.all([once(server, 'close'), ...ends])
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
