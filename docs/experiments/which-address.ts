/** One server on all addresses, one client process with two sockets. Which address and port does each end have? */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

const server = createServer().listen(0, '0.0.0.0')
await once(server, 'listening')
const { port } = server.address() as AddressInfo
console.log('server listens on 0.0.0.0:P')

const clients: Socket[] = []
for (const host of ['127.0.0.1', '127.0.0.2']) {
  const client = connect(port, host)
  const [[accepted]] = (await Promise.all([
    once(server, 'connection'),
    once(client, 'connect'),
  ])) as [[Socket], unknown]
  clients.push(client)
  console.log(`a client connects to ${host}:P`)
  console.log(`  the accepted socket: local ${accepted.localAddress}:${name(accepted.localPort)}`)
  console.log(`  its remote is the local of the client: ${isOther(accepted, client)}`)
}
const [first, second] = clients as [Socket, Socket]
console.log(`one process, two sockets, two ports: ${first.localPort !== second.localPort}`)
clients.forEach((client) => client.destroy())
server.close()

function name(number: number | undefined): string | number | undefined {
  return number === port ? 'P' : number
}

function isOther(accepted: Socket, client: Socket): boolean {
  return accepted.remoteAddress === client.localAddress && accepted.remotePort === client.localPort
}
