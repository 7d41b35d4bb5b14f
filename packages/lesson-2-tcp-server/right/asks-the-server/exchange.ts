/** An outer promise chain without async. */
import { connect } from 'node:net'
import { finished } from 'node:stream/promises'

export function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const pieces: Buffer[] = []
  const socket = connect({ host, port }).on('data', (piece: Buffer) => pieces.push(piece))
  socket.end(payload)
  return finished(socket).then(() => Buffer.concat(pieces))
}
