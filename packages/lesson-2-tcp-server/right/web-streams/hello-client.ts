/** Web streams, to standard output. */
import { connect } from 'node:net'
import { Readable } from 'node:stream'

const socket = connect(Number(process.argv[3]), process.argv[2])
try {
  for await (const piece of Readable.toWeb(socket)) process.stdout.write(piece as Uint8Array)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
