/** Reads, and forgets to print. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.resume()
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
