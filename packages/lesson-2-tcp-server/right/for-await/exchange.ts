/** Connects first, sends then, and reads with for await. */
import { once } from 'node:events'
import { connect } from 'node:net'

export async function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  socket.write(payload)
  socket.end()
  let answer: Buffer = Buffer.alloc(0)
  for await (const piece of socket) answer = Buffer.concat([answer, piece as Buffer])
  return answer
}
