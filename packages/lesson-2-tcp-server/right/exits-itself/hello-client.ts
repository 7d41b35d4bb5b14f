/** Ends itself by process.exit(), once everything is out. */
import { connect } from 'node:net'

const socket = connect(Number(process.argv[3]), process.argv[2])
socket.on('data', (piece) => process.stdout.write(piece))
socket.on('close', (hadError) => {
  if (!hadError) process.stdout.write('', () => process.exit(0))
})
socket.on('error', (error) => {
  process.stderr.write(`${error.message}\n`, () => process.exit(1))
})
