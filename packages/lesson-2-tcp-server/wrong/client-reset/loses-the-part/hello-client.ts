/** Keeps everything, and prints it only where the end comes. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
const pieces: Buffer[] = []
socket.on('data', (piece: Buffer) => pieces.push(piece))
socket.on('end', () => process.stdout.write(Buffer.concat(pieces)))
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
