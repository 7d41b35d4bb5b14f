/** A timer keeps the process running. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.pipe(process.stdout)
setInterval(() => {}, 1_000)
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
