/** Classes with private state; address is a getter, and what startEcho() returns is an instance. */
import { Server } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

class Connection {
  readonly #socket: Socket

  constructor(socket: Socket, onClose: (connection: Connection) => void) {
    this.#socket = socket
    socket.on('data', (piece: Buffer) => this.#sendBack(piece))
    socket.on('end', () => socket.end())
    socket.on('error', () => {})
    socket.on('close', () => onClose(this))
  }

  #sendBack(piece: Buffer): void {
    this.#socket.pause()
    this.#socket.write(piece, () => this.#socket.resume())
  }

  drop(): void {
    this.#socket.destroy()
  }
}

class EchoServer {
  readonly #server = new Server({ allowHalfOpen: true })
  readonly #connections = new Set<Connection>()

  get address(): AddressInfo {
    return this.#server.address() as AddressInfo
  }

  connections(): number {
    return this.#connections.size
  }

  listen({ host, port, backlog = 511 }: EchoOptions): Promise<this> {
    this.#server.on('connection', (socket) => {
      this.#connections.add(new Connection(socket, (gone) => this.#connections.delete(gone)))
    })
    const { promise, resolve, reject } = Promise.withResolvers<this>()
    this.#server.once('error', reject)
    this.#server.listen(port, host, backlog, () => resolve(this))
    return promise
  }

  async close(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#server.close(() => resolve())
    for (const connection of this.#connections) connection.drop()
    return promise
  }
}

export const startEcho = (options: EchoOptions): Promise<EchoServer> =>
  new EchoServer().listen(options)

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
