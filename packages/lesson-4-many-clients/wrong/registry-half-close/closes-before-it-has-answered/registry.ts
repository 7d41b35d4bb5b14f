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
import type { AddressInfo, Socket } from 'node:net'

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

/**
 * Starts a registry. Resolves when it listens.
 * Rejects with the error of the system when it cannot listen: its code is 'EADDRINUSE' where the port is taken.
 */
export async function startRegistry({ host, port }: RegistryOptions): Promise<Registry> {
  const open = new Set<Socket>()
  // The kernel gives each connection a socket of its own, so the socket is the key. An address can come back.
  const sessions = new Map<Socket, Session>()

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const session = sessionOf(socket)
    if (!session) return socket.destroy()
    open.add(socket)
    sessions.set(socket, session)
    socket.setEncoding('latin1') // A character for each byte.
    socket.on('error', () => {}) // A reset: 'close' follows.
    socket.on('close', () => {
      open.delete(socket)
      sessions.delete(socket)
    })
    let asked = ''
    const answerOne = () => {
      const { answer, bye } = answerTo(asked[0]!, session, sessions.size)
      asked = asked.slice(1)
      if (bye) {
        sessions.delete(socket)
        socket.end(answer)
        return
      }
      socket.write(answer)
      if (asked !== '' && !socket.destroyed) setImmediate(answerOne) // Others get their turn between two commands.
    }
    socket.on('data', (commands) => {
      if (!sessions.has(socket)) return // It has said X.
      if (asked === '') setImmediate(answerOne)
      asked += String(commands)
    })
    socket.on('end', () => socket.end())
  })

  server.listen({ host, port })
  await once(server, 'listening') // Rejects where 'error' comes first.

  return {
    address: server.address() as AddressInfo,
    sessions: () => [...sessions.values()],
    async close() {
      server.close()
      for (const socket of open) socket.destroy()
      await once(server, 'close')
    },
  }
}

/** Undefined where the client has gone before we could look: then the kernel does not know its address any more. */
function sessionOf({
  localAddress,
  localPort,
  remoteAddress,
  remotePort,
}: Socket): Session | undefined {
  if (localAddress === undefined || remoteAddress === undefined) return undefined
  return { local: endpoint(localAddress, localPort), remote: endpoint(remoteAddress, remotePort) }
}

function endpoint(address: string, port: number | undefined): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '') // IPv4-mapped: RFC 4291, section 2.5.5.2.
  return isIPv6(plain) ? `[${plain}]:${port}` : `${plain}:${port}`
}

/** The answers to commands that came in one piece, up to an X. */
function answerTo(commands: string, { local, remote }: Session, count: number) {
  let answer = ''
  for (const command of commands) {
    if (command === 'W') answer += `${local} ${remote}\n`
    if (command === 'C') answer += `${count}\n`
    if (command === 'X') return { answer: `${answer}bye\n`, bye: true }
  }
  return { answer, bye: false }
}

// `node registry.ts 43211` starts it as a program.
if (import.meta.main) {
  const [port = '0', host = '127.0.0.1'] = process.argv.slice(2)
  const { address } = await startRegistry({ host, port: Number(port) })
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
  console.log(`listening on ${shown}:${address.port}`)
}
