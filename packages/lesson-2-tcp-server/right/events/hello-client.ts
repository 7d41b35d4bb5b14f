/** Keeps everything, and prints it in one piece at the end, or what there is of it. */
import { connect } from 'node:net'

const pieces: Buffer[] = []
const socket = connect(Number(process.argv[3]), process.argv[2])
socket.on('data', (piece: Buffer) => pieces.push(piece))
socket.on('close', () => process.stdout.write(Buffer.concat(pieces)))
socket.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`cannot talk to the server: ${error.code}\n`)
  process.exitCode = 1
})
