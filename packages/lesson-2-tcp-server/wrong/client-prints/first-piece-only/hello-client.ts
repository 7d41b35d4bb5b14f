/** Prints the first piece, and ends. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.once('data', (piece) => {
  process.stdout.write(piece)
  socket.end()
})
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
