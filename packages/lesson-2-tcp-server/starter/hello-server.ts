/**
 * A server that greets a number of clients, and then ends.
 *
 *     pnpm dojo start lesson-2 hello-server 43211 5
 *     nc 127.0.0.1 43211                                (in another terminal, five times)
 *
 * Arguments: the port to listen on (0 lets the kernel choose a free one), and how many clients to greet.
 *
 * - It listens on 127.0.0.1. Once it does, it prints the line `listening on 127.0.0.1:43211`, with the real port.
 * - It sends each client the 12 bytes `Hello World!`, and closes the connection.
 * - It prints a line with the address of each client: `127.0.0.1:51034`.
 * - It serves clients side by side: one that stays connected keeps nobody waiting.
 * - A client counts when it has been greeted and its connection has closed without an error.
 *   One that resets its connection before that does not count, and disturbs nobody.
 * - When enough clients have been greeted, it listens no more and ends with exit status 0.
 */
import { createServer } from 'node:net'

const port = Number(process.argv[2])
const clients = Number(process.argv[3])

const server = createServer((socket) => {
  // TODO: who is this client? Print its address.
  // TODO: greet it, and close the connection. What can go wrong with a connection?
  // TODO: when is a client greeted? How does the program end after the last one?
})

// TODO: listen, and say where as soon as it is true.
