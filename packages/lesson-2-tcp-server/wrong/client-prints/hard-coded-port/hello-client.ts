/** Always connects to the same port. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = 43211

const socket = connect({ host, port })
socket.pipe(process.stdout)
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
