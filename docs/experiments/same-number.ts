/** Port 53 of TCP and port 53 of UDP: is that one port? */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'

/** Of loopback's addresses one where other programs have no ports. */
const host = '127.0.0.53'

const tcp = createServer().listen(0, host)
await once(tcp, 'listening')
const { port } = tcp.address() as AddressInfo
console.log('TCP, port P: bound')

const udp = createSocket('udp4').bind(port, host)
await once(udp, 'listening')
console.log('UDP, port P: bound')

const second = createServer().listen(port, host)
const [error] = (await once(second, 'error')) as [NodeJS.ErrnoException]
console.log(`TCP, port P, once more: ${error.code}`)
tcp.close()
udp.close()
