/**
 * A server that prints a number of datagrams, and then ends.
 *
 *     pnpm dojo start lesson-3 udp-server 43211 5
 *     echo -n hello | nc -u -q 0 127.0.0.1 43211        (in another terminal, five times)
 *
 * Arguments: the port to receive on (0 lets the kernel choose a free one), and how many datagrams to print.
 *
 * - It receives UDP datagrams on 127.0.0.1. Once it can, it prints the line `listening on 127.0.0.1:43211`, with the real port.
 * - It prints the text of each datagram (UTF-8), whoever sent it, on a line of its own, once, in the order in which they
 *   came. A datagram may be empty: it counts like any other, and its line is empty.
 * - When it has printed enough of them, it receives no more and ends with exit status 0.
 */
import { createSocket } from 'node:dgram'

const port = Number(process.argv[2])
const datagrams = Number(process.argv[3])
let printed = 0

const socket = createSocket('udp4', (message) => {
  console.log(message.toString())
  printed += 1
  if (printed === datagrams) socket.close() // Nothing is left to wait for, so the process ends.
})

socket.bind(port, '127.0.0.1', () => {
  const bound = socket.address()
  console.log(`listening on ${bound.address}:${bound.port}`)
})
