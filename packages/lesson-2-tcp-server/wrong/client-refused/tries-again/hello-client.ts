/** Tries again and again. */
import { connect } from 'node:net'

const host = process.argv[2]
const port = Number(process.argv[3])

function talk(): void {
  const socket = connect({ host, port })
  socket.pipe(process.stdout)
  socket.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
    setTimeout(talk, 200)
  })
}
talk()
