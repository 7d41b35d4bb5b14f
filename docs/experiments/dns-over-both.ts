/** Does DNS use UDP? A name server that says over UDP "too long, ask over TCP", and the resolver of Node. */
import { createSocket } from 'node:dgram'
import { promises } from 'node:dns'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Of loopback's addresses one where other programs have no ports: we need the same one of TCP and UDP. */
const host = '127.0.0.53'

const tcp = createServer((socket) => {
  socket.once('data', (question: Buffer) => {
    console.log('a question over TCP: answered with 192.0.2.1')
    const message = answer(question.subarray(2)) // Behind its length, 2 bytes: RFC 1035, section 4.2.2.
    socket.end(Buffer.concat([Buffer.from([0, message.length]), message]))
  })
}).listen(0, host)
await once(tcp, 'listening')
const { port } = tcp.address() as AddressInfo

const udp = createSocket('udp4').bind(port, host)
udp.on('message', (question, { port: to, address }) => {
  console.log('a question over UDP: answered with the flag TC, "truncated"')
  udp.send(truncated(question), to, address)
})
await once(udp, 'listening')

const resolver = new promises.Resolver()
resolver.setServers([`${host}:${port}`])
console.log(`the program gets: ${(await resolver.resolve4('example.test')).join()}`)
tcp.close()
udp.close()

/** A message is a header of 12 bytes, then the question, and then the answers: RFC 1035, section 4.1. */
function truncated(question: Buffer): Buffer {
  const message = Buffer.from(withoutAdditional(question))
  message.writeUInt16BE(0x8600, 2) // QR: a response. AA. TC: truncated.
  return message
}

function answer(question: Buffer): Buffer {
  const message = withoutAdditional(question)
  message.writeUInt16BE(0x8400, 2)
  message.writeUInt16BE(1, 6) // One answer: the name of the question, type A, class IN, 60 s, 4 bytes.
  return Buffer.concat([
    message,
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]),
  ])
}

/** Header and question only: what a resolver adds about itself (RFC 6891) is left out. */
function withoutAdditional(question: Buffer): Buffer {
  const message = Buffer.from(question.subarray(0, question.indexOf(0, 12) + 5))
  message.writeUInt16BE(0, 10)
  return message
}
