import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

export interface UdpRequestOptions {
  to: { host: string; port: number }
  timeoutMs: number
  retries: number
  match?: number
}

export function udpRequest(
  message: Buffer,
  { to, timeoutMs, retries, match = 0 }: UdpRequestOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4')
    let timer: NodeJS.Timeout | undefined
    let over = false
    let attempts = 0

    const finish = (settle: () => void) => {
      if (over) return
      over = true
      clearTimeout(timer)
      socket.close()
      settle()
    }
    const attempt = () => {
      if (attempts > retries) {
        const error = Object.assign(new Error('no answer'), { code: 'ETIMEDOUT', attempts })
        return finish(() => reject(error))
      }
      attempts += 1
      timer = setTimeout(attempt, timeoutMs)
      socket.send(message, (error) => {
        if (error) finish(() => reject(error))
      })
    }

    socket.on('error', reject)
    socket.on('message', (data) => {
      if (data.length >= match && data.compare(message, 0, match, 0, match) === 0)
        finish(() => resolve(data))
    })
    socket.connect(to.port, to.host, attempt)
  })
}
