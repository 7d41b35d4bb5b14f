/** pipeline() through the socket. */
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const question = Readable.from(payload.length === 0 ? [] : [payload], { objectMode: false })
  return pipeline(question, connect({ host, port, allowHalfOpen: true }), buffer)
}
