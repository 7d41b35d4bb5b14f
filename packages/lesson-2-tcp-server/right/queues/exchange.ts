/** Sends small pieces one by one, each when the one before has been written, and reads meanwhile. */
import * as net from 'node:net'

export function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = []
    const socket = net.connect({ host, port, allowHalfOpen: true })
    const sendFrom = (from: number): void => {
      if (from >= payload.length) return void socket.end()
      socket.write(payload.subarray(from, from + 10_000), (error) => {
        if (!error) sendFrom(from + 10_000)
      })
    }
    socket.once('connect', () => sendFrom(0))
    socket.on('data', (piece) => void received.push(Buffer.from(piece)))
    socket.once('error', reject)
    socket.once('close', (hadError) => hadError || resolve(Buffer.concat(received)))
  })
}
