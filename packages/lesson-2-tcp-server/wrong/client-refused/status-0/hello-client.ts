/** Says it, and ends as if all were well. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

const socket = connect({ host, port })
socket.pipe(process.stdout)
socket.on('error', (error) => {
  console.error(error.message)
})
