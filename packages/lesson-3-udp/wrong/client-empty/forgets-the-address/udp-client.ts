/**
 * A client that sends datagrams.
 *
 *     pnpm dojo start lesson-3 udp-server 43211 2
 *     pnpm dojo start lesson-3 udp-client 127.0.0.1 43211 hello world          (in another terminal)
 *
 * Arguments: the address and the port to send to (the address is a number: 127.0.0.1 or ::1), then the messages, if any.
 *
 * - It sends each message (UTF-8) as one datagram, in their order. A message may be empty.
 * - When it has sent all of them, it ends with exit status 0. It waits for no answer.
 * - Where nobody receives on that port it does the same: UDP does not tell.
 */
import { createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'

const [host = '127.0.0.1', port = '43211', ...messages] = process.argv.slice(2)

const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
for (const message of messages) {
  await new Promise<void>((resolve, reject) => {
    socket.send(message, Number(port), (error) => (error ? reject(error) : resolve()))
  })
}
socket.close() // Only now: what was not yet sent would be lost.
