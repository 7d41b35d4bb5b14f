/** An error counts only while it connects. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
let connected = false
socket.on('connect', () => (connected = true))
socket.pipe(process.stdout)
socket.on('error', (error) => {
  if (connected) return
  console.error(error.message)
  process.exitCode = 1
})
