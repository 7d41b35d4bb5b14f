import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

/** Three promises in a race. */
export async function probe(
  host: string,
  port: number,
  timeoutMs = 500,
): Promise<'refused' | 'silent' | 'answer'> {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
  let timer: NodeJS.Timeout | undefined
  try {
    socket.connect(port, host)
    await once(socket, 'connect')
    socket.send(Buffer.alloc(0))
    const answer = once(socket, 'message').then(
      () => 'answer' as const,
      () => 'refused' as const,
    )
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), timeoutMs)
    })
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
    socket.close()
  }
}
