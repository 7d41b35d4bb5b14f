/** Takes a break for an end where it has not sent everything yet. */
import { connect } from 'node:net'

/**
 * Connects, sends the whole payload, half-closes, and reads until the server closes the connection.
 * Resolves with every byte that the server sent, in order, as one Buffer, once that connection is closed.
 * Rejects with the error of the system when it cannot connect ('ECONNREFUSED'), or when the connection breaks
 * before the server has closed it ('ECONNRESET'): part of an answer is no answer.
 * The server may answer before it has read everything: what it sends, however much, is read while the payload is still under way.
 */
export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const socket = connect({ host, port })
  socket.end(payload) // Sends everything, and then the end of our side.
  const pieces: Buffer[] = []
  socket.on('data', (piece) => pieces.push(piece))
  return new Promise((resolve, reject) => {
    socket.on('error', (error) => {
      if (socket.connecting || socket.writableFinished || pieces.length === 0) reject(error)
    })
    socket.on('close', () => resolve(Buffer.concat(pieces)))
  })
}
