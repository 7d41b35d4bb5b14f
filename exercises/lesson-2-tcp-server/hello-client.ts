/**
 * A client that prints what a server says.
 *
 *     pnpm dojo start lesson-2 hello-server 43211 5
 *     pnpm dojo start lesson-2 hello-client 127.0.0.1 43211          (in another terminal)
 *
 * Arguments: the address and the port of the server.
 *
 * - It connects, sends nothing, and writes every byte that the server sends to its standard output, unchanged.
 *   When the connection breaks, that is what has come by then.
 * - When the server has closed the connection, it closes its own side and ends with exit status 0.
 * - When it cannot connect, or the connection breaks, it handles the error: it says why on standard error and ends with exit status 1.
 */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

// TODO: connect to the server.
// TODO: where do the bytes go that arrive? How many times do they arrive?
// TODO: what happens when nobody listens there?
