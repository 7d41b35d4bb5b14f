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
import { createServer } from 'node:net'
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
 * Starts a registry, with sessions of its own: several can run in one process. Resolves when it listens.
 * Rejects with the error of the system when it cannot listen: its code is 'EADDRINUSE' where the port is taken.
 */
export function startRegistry({ host, port }: RegistryOptions): Promise<Registry> {
  // All four, as the kernel does it. The entry names its socket, since an address can come back.
  const sessions = new Map<string, { socket: Socket; session: Session }>()
  const sockets = new Set<Socket>()

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const session = {
      local: text(socket.localAddress, socket.localPort),
      remote: text(socket.remoteAddress, socket.remotePort),
    }
    const key = `${session.local}|${session.remote}`
    const forget = () => {
      if (sessions.get(key)?.socket === socket) sessions.delete(key)
    }
    sockets.add(socket)
    sessions.set(key, { socket, session })

    socket.on('readable', () => {
      for (let piece = socket.read(1); piece !== null; piece = socket.read(1)) {
        if (!socket.writable) continue
        switch (piece[0]) {
          case 0x57:
            socket.write(`${session.local} ${session.remote}\n`)
            break
          case 0x43:
            socket.write(`${sessions.size}\n`)
            break
          case 0x58:
            forget()
            socket.end('bye\n')
        }
      }
    })
    socket.on('end', () => {
      forget()
      socket.end()
    })
    socket.on('error', forget)
    socket.on('close', () => {
      sockets.delete(socket)
      forget()
    })
  })

  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      resolve({
        address: server.address() as AddressInfo,
        sessions: () => Array.from(sessions.values(), ({ session }) => session),
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            sessions.clear()
            for (const socket of sockets) socket.resetAndDestroy()
          }),
      })
    })
  })
}

function text(address = '', port = 0): string {
  if (address.startsWith('::ffff:')) return `${address.slice(7)}:${port}`
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

// `node registry.ts 43211` starts it as a program.
if (import.meta.main) {
  const [port = '0', host = '127.0.0.1'] = process.argv.slice(2)
  const { address } = await startRegistry({ host, port: Number(port) })
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
  console.log(`listening on ${shown}:${address.port}`)
}
