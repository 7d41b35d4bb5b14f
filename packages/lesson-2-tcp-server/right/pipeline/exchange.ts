/** pipeline() sends, and a second one reads: each direction ends by itself. */
import { connect } from 'node:net'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const socket = connect({ host, port, allowHalfOpen: true })
  const question = Readable.from(payload.length === 0 ? [] : [payload], { objectMode: false })
  const pieces: Buffer[] = []
  const answer = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece)
      done()
    },
  })
  await Promise.all([pipeline(question, socket), pipeline(socket, answer)])
  return Buffer.concat(pieces)
}
