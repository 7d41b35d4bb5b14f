/**
 * Is anybody there? What UDP can tell about a port without the help of a protocol.
 */
import { createSocket } from 'node:dgram'

/**
 * Sends one datagram, and tells what came of it:
 *
 * - 'answer': a datagram came back from that address and port.
 * - 'refused': the kernel says that nobody has a socket there.
 * - 'silent': neither within `timeoutMs` milliseconds. Perhaps nobody is there; perhaps somebody does not answer.
 *
 * The address is a number: '127.0.0.1' or '::1'. When it has resolved, its socket is closed and no timer runs.
 */
export async function probe(
  host: string,
  port: number,
  timeoutMs = 500,
): Promise<'refused' | 'silent' | 'answer'> {
  const socket = createSocket('udp4')
  // TODO: which kind of socket is told that nobody is there?
  // TODO: wait for one of three things.
  throw new Error('not written yet')
}
