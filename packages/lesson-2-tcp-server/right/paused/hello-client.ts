/** Paused mode: writes one piece, and reads the next when that is out. */
import { connect } from 'node:net'

const socket = connect(Number(process.argv[3]), process.argv[2])
socket.on('data', (piece) => {
  socket.pause()
  process.stdout.write(piece, () => socket.resume())
})
socket.on('error', ({ message }) => {
  console.error(message)
  process.exitCode = 1
})
