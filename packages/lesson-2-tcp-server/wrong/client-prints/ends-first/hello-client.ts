/** Ends its own side before the server has closed. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.pipe(process.stdout)
socket.end()
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
