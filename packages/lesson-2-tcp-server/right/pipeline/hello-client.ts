/** pipeline() to standard output. */
import { connect } from 'node:net'
import { pipeline } from 'node:stream/promises'

const socket = connect({ host: process.argv[2]!, port: Number(process.argv[3]) })
await pipeline(socket, process.stdout, { end: false }).catch((error: NodeJS.ErrnoException) => {
  console.error(`hello-client: ${error.message}`)
  process.exit(1)
})
