/**
 * A server that knows who is connected: it keeps a session for each connection.
 *
 *     pnpm dojo start lesson-4 registry 43211
 *     nc 127.0.0.1 43211                          (in several other terminals: type W, C or X, then Enter)
 *
 * Arguments: the port to listen on (0 lets the kernel choose a free one), and the address (default 127.0.0.1).
 *
 * A command is one byte:
 *
 * - `W` (who): the server answers with both ends of this very connection, its own first, and a newline:
 *   `127.0.0.1:43211 127.0.0.1:51034\n`.
 * - `C` (count): the server answers how many sessions there are, in decimal digits, and a newline: `3\n`.
 * - `X` (exit): the server answers `bye\n`, and closes the connection. What follows an X is ignored.
 * - Every other byte is ignored: the newline, for one, that nc sends when you press Enter.
 *
 * Rules:
 *
 * - A session is one connection, and a connection is known by both of its ends: local and remote address, local and
 *   remote port. Two connections that differ in only one of the four are two sessions.
 * - A session begins when the connection is accepted. It ends at once with X, whatever the client does then. It ends
 *   also when the client has ended the connection, has reset it, or has died.
 *   A new connection from the same client address and port is a new session.
 * - A client that has finished sending still gets the answers to what it had asked. Then the server closes.
 * - A client that says nothing, or does not read its answers, keeps nobody else waiting.
 * - One process and one thread serve all clients.
 */
import { once } from 'node:events'
import { createServer, isIPv6 } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export interface RegistryOptions {
  /** The address to listen on: '127.0.0.1', '0.0.0.0' for every IPv4 address, '::' for every address. */
  host: string
  /** The port; 0 lets the kernel choose a free one. */
  port: number
}

/**
 * One connection, by its two ends. IPv4 is written `127.0.0.1:43211` and IPv6 `[::1]:43211`. A client that reaches a
 * server on '::' by IPv4 is written as IPv4 too: `127.0.0.1:43211`, and not `[::ffff:127.0.0.1]:43211`.
 */
export interface Session {
  /** Our end. */
  local: string
  /** The client's end. */
  remote: string
}

export interface Registry {
  /** Where it really listens, with the port that the kernel chose. */
  address: AddressInfo
  /** The sessions that there are now, in any order: as many as the command C tells. */
  sessions(): Session[]
  /** Listens no more, and ends every session. Resolves when all of that is done. */
  close(): Promise<void>
}

class Client implements Session {
  readonly local: string
  readonly remote: string
  readonly #socket: Socket
  readonly #room: Room
  #said: string[] = []

  constructor(room: Room, socket: Socket) {
    this.local = endpoint(socket.localAddress ?? '', socket.localPort)
    this.remote = endpoint(socket.remoteAddress ?? '', socket.remotePort)
    this.#socket = socket
    this.#room = room
    socket.on('data', (piece) => this.#hear(piece as Buffer))
    socket.on('drain', () => socket.resume())
    socket.on('error', () => this.leave())
    socket.on('close', () => this.leave())
  }

  leave(): void {
    this.#room.delete(this)
  }

  hangUp(): void {
    this.leave()
    this.#socket.destroy()
  }

  #hear(piece: Buffer): void {
    if (!this.#room.has(this)) return
    for (const byte of piece) {
      const answer = commands[String.fromCharCode(byte)]?.(this, this.#room)
      if (answer !== undefined) this.#said.push(answer)
      if (!this.#room.has(this)) break
    }
    const answers = this.#said.splice(0).join('')
    if (!this.#room.has(this)) this.#socket.end(answers)
    else if (answers !== '' && !this.#socket.write(answers)) this.#socket.pause()
  }
}

type Room = Set<Client>

const commands: Record<string, (client: Client, room: Room) => string> = {
  W: ({ local, remote }) => `${local} ${remote}\n`,
  C: (_, { size }) => `${size}\n`,
  X: (client) => {
    client.leave()
    return 'bye\n'
  },
}

class Door implements Registry {
  readonly #server: Server
  readonly #room: Room = new Set()
  readonly #all: Client[] = []

  constructor(server: Server) {
    this.#server = server.on('connection', (socket) => {
      const client = new Client(this.#room, socket)
      this.#all.push(client)
      this.#room.add(client)
      socket.on('close', () => this.#all.splice(this.#all.indexOf(client), 1))
    })
  }

  get address(): AddressInfo {
    return this.#server.address() as AddressInfo
  }

  sessions(): Session[] {
    return Array.from(this.#room, ({ local, remote }) => ({ local, remote }))
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const client of [...this.#all]) client.hangUp()
    await closed
  }
}

/**
 * Starts a registry, with sessions of its own: several can run in one process. Resolves when it listens.
 * Rejects with the error of the system when it cannot listen: its code is 'EADDRINUSE' where the port is taken.
 */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  const server = createServer()
  const door = new Door(server)
  await once(server.listen(options), 'listening')
  // Only what the contract names: the address as it is now, for it is gone when the server is closed.
  return { address: door.address, sessions: () => door.sessions(), close: () => door.close() }
}

function endpoint(address: string, port: number | undefined): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '') // IPv4-mapped: RFC 4291, section 2.5.5.2.
  return isIPv6(plain) ? `[${plain}]:${port}` : `${plain}:${port}`
}

// `node registry.ts 43211` starts it as a program.
if (import.meta.main) {
  const [port = '0', host = '127.0.0.1'] = process.argv.slice(2)
  const { address } = await startRegistry({ host, port: Number(port) })
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
  console.log(`listening on ${shown}:${address.port}`)
}
