/**
 * A question and its answer over UDP: ask, wait, ask again, give up.
 */
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface UdpRequestOptions {
  /** Whom to ask: an address as a number ('127.0.0.1', '::1'), and a port. */
  to: { host: string; port: number }
  /** How long to wait for an answer after each attempt, in milliseconds. */
  timeoutMs: number
  /** How often to ask again when no answer has come: 2 makes three attempts at most. */
  retries: number
  /**
   * How many bytes at the beginning of the question are its id. An answer begins with the same bytes; anything else is
   * no answer. (DNS: 2.) Default: 0, every datagram from `to` is an answer.
   */
  match?: number
}

/** What a request is rejected with when no answer has come. */
export interface NoAnswer extends Error {
  code: 'ETIMEDOUT'
  /** How often it was asked. */
  attempts: number
}

/**
 * Sends the message as one datagram, and resolves with the first answer, as it is; an empty one is an answer too.
 *
 * - An answer comes from the address and the port that were asked, and begins with the id of the question. Anything
 *   else is ignored: it is no answer, and waiting goes on as if it had not come.
 * - Each attempt sends the same bytes, and all of them from one socket, so that a late answer to an earlier attempt
 *   counts too. After an answer nothing more is sent.
 * - Rejects with NoAnswer when no answer has come within `timeoutMs` of the last attempt.
 * - Rejects with the error of the system when the message cannot be sent: its code is 'EMSGSIZE' where it is too long.
 *   Where nobody has a socket on that port, it may reject with 'ECONNREFUSED' as soon as the kernel says so.
 * - When it has resolved or rejected, its socket is closed and no timer runs.
 */
export async function udpRequest(
  message: Buffer,
  { to, timeoutMs, retries, match = 0 }: UdpRequestOptions,
): Promise<Buffer> {
  const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4')
  const { promise: answer, resolve, reject } = Promise.withResolvers<Buffer | undefined>()
  const settled = new AbortController()
  let attempt = 0
  const id = message.subarray(0, match)

  socket.on('error', reject)
  socket.on('message', (data, { address, port }) => {
    if (address !== to.host || port !== to.port) return // A stranger.
    if (data.subarray(0, match).equals(id)) return resolve(data)
    if (attempt === retries) resolve(undefined) // Nothing is left to try.
  })

  try {
    for (; attempt <= retries; attempt++) {
      socket.send(message, to.port, to.host, (error) => error && reject(error))
      const pause = sleep(timeoutMs, undefined, { signal: settled.signal })
      const found = await Promise.race([answer, pause])
      if (found) return found
    }
    const attempts = retries + 1
    const error = new Error(`no answer to ${attempts} attempts`)
    throw Object.assign(error, { code: 'ETIMEDOUT', attempts } as const) satisfies NoAnswer
  } finally {
    settled.abort()
    socket.close()
  }
}
