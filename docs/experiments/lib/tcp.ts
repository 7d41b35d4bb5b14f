import {
  accept,
  AF_INET,
  bind,
  connect,
  getsockname,
  listen,
  SOCK_STREAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'

/** A TCP socket that listens on 127.0.0.1, on a port that the system has chosen. */
export function listening(backlog = 5): { listener: number; address: InternetAddress } {
  const listener = socket(AF_INET, SOCK_STREAM)
  bind(listener, { address: '127.0.0.1', port: 0 })
  listen(listener, backlog)
  return { listener, address: getsockname(listener) as InternetAddress }
}

/** A TCP socket that is connected to an address. */
export function connectedTo(address: InternetAddress): number {
  const client = socket(AF_INET, SOCK_STREAM)
  connect(client, address)
  return client
}

/** Both ends of a new connection. */
export function connection(): { client: number; server: number } {
  const { listener, address } = listening()
  const client = connectedTo(address)
  return { client, server: accept(listener) }
}
