/** A server of Node may have 64 descriptors open. 61 clients come. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MSG_DONTWAIT, poll, POLLIN, recv } from '@socket-dojo/posix'
import { answer } from './lib/show.ts'
import { connectedTo } from './lib/tcp.ts'

const program = `
  const server = require('node:net').createServer((socket) => socket.on('error', () => {}).write('hello'))
  server.on('error', () => console.log('error'))
  server.listen(0, '127.0.0.1', 511, () => console.log(server.address().port))`
const server = spawn('sh', ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '-e', program])
const output: string[] = []
server.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text))
await once(server.stdout, 'data')

const address = { address: '127.0.0.1', port: Number(output[0]) }
const clients = Array.from({ length: 61 }, () => connectedTo(address))
console.log(`connect() succeeded: ${clients.length} times`)
const answers = clients.map((fd) => {
  poll([{ fd, events: POLLIN }], 1000)
  return answer(() => recv(fd, 10, MSG_DONTWAIT))
})
const served = answers.filter((text) => text === '"hello"').length
console.log(`served: ${served > 0 && served < 61 ? 'some' : served}`)
console.log(`connected, and closed without a word: ${61 - served > 0 ? 'the others' : 'none'}`)
console.log(`'error' events of the server: ${output.length - 1}`)
server.kill()
