/** Takes a server that says nothing for one that failed. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
let received = 0
socket.on('data', (piece) => {
  received += piece.length
  process.stdout.write(piece)
})
socket.on('close', () => {
  if (received === 0) process.exitCode = 1
})
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
