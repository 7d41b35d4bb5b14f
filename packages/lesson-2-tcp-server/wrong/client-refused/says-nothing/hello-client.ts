/** Ends with status 1 without a word. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.pipe(process.stdout)
socket.on('error', () => {
  process.exitCode = 1
})
