/** Events only: resolves on 'close', unless an error came before it. */
import { createConnection } from 'node:net'

export function exchange(host: string, port: number, payload: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0)
    const socket = createConnection(port, host, () => {
      socket.write(payload)
      socket.end()
    })
    socket.on('data', (piece: Buffer) => (answer = Buffer.concat([answer, piece])))
    socket.on('error', reject)
    socket.on('close', (hadError) => {
      if (!hadError) resolve(answer)
    })
  })
}
