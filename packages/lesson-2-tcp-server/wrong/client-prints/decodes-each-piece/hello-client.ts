/** Turns each piece into a string by itself. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.on('data', (piece) => process.stdout.write(piece.toString()))
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
