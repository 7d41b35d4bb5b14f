/** Callbacks, and a queue of its own for what has not been written yet. */
import * as net from 'node:net'

export interface EchoOptions {
  host: string
  port: number
  backlog?: number
}

interface Client {
  socket: net.Socket
  queue: Buffer[]
  writing: boolean
  ended: boolean
}

function pump(client: Client): void {
  if (client.writing) return
  const piece = client.queue.shift()
  if (piece) {
    client.writing = true
    client.socket.write(piece, () => {
      client.writing = false
      if (client.queue.length < 4) client.socket.resume()
      pump(client)
    })
  } else if (client.ended) client.socket.end()
}

export function startEcho({ host, port, backlog }: EchoOptions) {
  const clients = new Map<net.Socket, Client>()
  const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    const client: Client = { socket, queue: [], writing: false, ended: false }
    clients.set(socket, client)
    socket.on('data', (piece: Buffer) => {
      client.queue.push(piece)
      if (client.queue.length > 8) socket.pause()
      pump(client)
    })
    socket.on('end', () => {
      client.ended = true
      pump(client)
    })
    socket.on('error', () => (client.queue.length = 0))
    socket.on('close', () => clients.delete(socket))
    setImmediate(() => socket.resume())
  })

  function close(): Promise<undefined> {
    return new Promise((resolve) => {
      server.close(() => resolve(undefined))
      for (const socket of clients.keys()) socket.destroy()
    })
  }

  return new Promise<{
    address: net.AddressInfo
    connections: () => number
    close: typeof close
  }>((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => {
      server.off('error', reject)
      const { address, family, port: bound } = server.address() as net.AddressInfo
      resolve({ address: { address, family, port: bound }, connections: () => clients.size, close })
    })
    server.listen({ host, port, backlog })
  })
}

if (import.meta.main) {
  const { address } = await startEcho({ host: '127.0.0.1', port: Number(process.argv[2] ?? 0) })
  console.log(`listening on ${address.address}:${address.port}`)
}
