/**
 * A client for one question and one answer: send all, say that this was all, and read to the end.
 */
import { connect } from 'node:net'

/**
 * Connects, sends the whole payload, half-closes, and reads until the server closes the connection.
 * Resolves with every byte that the server sent, in order, as one Buffer, once that connection is closed.
 * Rejects with the error of the system when it cannot connect ('ECONNREFUSED'), or when the connection breaks
 * before the server has closed it ('ECONNRESET'): part of an answer is no answer.
 * The server may answer before it has read everything: what it sends, however much, is read while the payload is still under way.
 * It may even end its side before that, and read on: then the answer is complete, whatever becomes of the rest of the payload.
 */
export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  // TODO: connect, and send the payload.
  // TODO: how does the server learn that nothing more will come?
  // TODO: how do you learn that the answer is complete?
  throw new Error('not written yet')
}
