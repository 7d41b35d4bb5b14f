/** Needs a second before it is loaded. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

await sleep(1_000)

export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const socket = connect({ host, port })
  socket.end(payload)
  const pieces: Buffer[] = []
  for await (const piece of socket) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
