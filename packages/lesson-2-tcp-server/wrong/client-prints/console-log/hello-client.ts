/** console.log() for each piece. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.setEncoding('utf8')
socket.on('data', (piece) => console.log(piece))
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
