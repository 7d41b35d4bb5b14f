import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'

const [host = '127.0.0.1', port, ...messages] = process.argv.slice(2)
const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
socket.on('error', () => {}) // That nobody is there is no concern of ours.
socket.connect(Number(port), host)
await once(socket, 'connect')
await Promise.all(messages.map((message) => new Promise((sent) => socket.send(message, sent))))
socket.close()
