/**
 * Is anybody there? What UDP can tell about a port without the help of a protocol.
 */
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

let timer: NodeJS.Timeout | undefined

/**
 * Sends one datagram, and tells what came of it:
 *
 * - 'answer': a datagram came back from that address and port.
 * - 'refused': the kernel says that nobody has a socket there.
 * - 'silent': neither within `timeoutMs` milliseconds. Perhaps nobody is there; perhaps somebody does not answer.
 *
 * The address is a number: '127.0.0.1' or '::1'. When it has resolved, its socket is closed and no timer runs.
 */
export function probe(
  host: string,
  port: number,
  timeoutMs = 500,
): Promise<'refused' | 'silent' | 'answer'> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    timer = setTimeout(() => finish('silent'), timeoutMs)
    const finish = (result: 'refused' | 'silent' | 'answer') => {
      clearTimeout(timer)
      socket.close()
      resolve(result)
    }
    socket.on('message', () => finish('answer'))
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return finish('refused')
      clearTimeout(timer)
      socket.close()
      reject(error)
    })
    // Only a connected socket is told of the ICMP message that says "port unreachable": udp(7), connect(2).
    socket.connect(port, host, () => socket.send('anybody?'))
  })
}
