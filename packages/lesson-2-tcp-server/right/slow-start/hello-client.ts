/** Needs a second before it connects. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

await sleep(1_000)
const socket = connect({ host: process.argv[2]!, port: Number(process.argv[3]) })
socket.pipe(process.stdout)
socket.on('error', (error) => {
  console.error(error.message)
  process.exitCode = 1
})
