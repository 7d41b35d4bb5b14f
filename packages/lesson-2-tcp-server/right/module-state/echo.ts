/** State in module-level maps, keyed by the server and by the socket: several servers do not mix. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

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

const socketsOf = new Map<Server, Set<Socket>>()
const serverOf = new WeakMap<Socket, Server>()

function onConnection(this: Server, socket: Socket): void {
  serverOf.set(socket, this)
  socketsOf.get(this)!.add(socket)
  socket.on('error', onError).on('close', onClose).pipe(socket)
}

function onError(this: Socket): void {
  this.destroy()
}

function onClose(this: Socket): void {
  socketsOf.get(serverOf.get(this)!)?.delete(this)
}

export async function startEcho(options: EchoOptions): Promise<EchoServer> {
  const server = createServer({ allowHalfOpen: true })
  socketsOf.set(server, new Set())
  server.on('connection', onConnection)
  server.listen(options)
  await once(server, 'listening')
  return {
    address: server.address() as AddressInfo,
    connections: () => socketsOf.get(server)!.size,
    close: async () => {
      server.close()
      for (const socket of socketsOf.get(server)!) socket.destroy()
      await once(server, 'close')
      socketsOf.delete(server)
    },
  }
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
