/** for await and top-level await. */
import { connect } from 'node:net'

const [host = '', port = ''] = process.argv.slice(2)
try {
  for await (const piece of connect(Number(port), host)) process.stdout.write(piece as Buffer)
} catch (error) {
  console.error(String(error))
  process.exitCode = 1
}
