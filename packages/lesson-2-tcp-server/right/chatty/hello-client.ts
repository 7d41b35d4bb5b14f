/** Tells on standard error what it does. */
import { connect } from 'node:net'

console.error('connecting\n'.repeat(1_000))
const socket = connect({ host: process.argv[2]!, port: Number(process.argv[3]) })
socket.on('data', (piece) => {
  console.error(`${piece.length} bytes`)
  process.stdout.write(piece)
})
socket.on('end', () => console.error('the server has ended'))
socket.on('error', (error) => {
  console.error('Sorry!', error.name, error.message)
  process.exitCode = 1
})
