/** How many sockets does a UDP server need for two clients? Does it accept anybody? */
import { accept, listen, recvfrom, sendto, type InternetAddress } from '@socket-dojo/posix'
import { show } from './lib/show.ts'
import { udpSocket } from './lib/udp.ts'

const server = udpSocket()
const clients = { A: udpSocket(), B: udpSocket() }
show('listen()', () => listen(server.fd, 5))
show('accept()', () => accept(server.fd))

for (const [name, { fd }] of Object.entries(clients)) sendto(fd, `I am ${name}`, server.at)
for (let n = 1; n <= 2; n++)
  show(`recvfrom() ${n}, on the same socket`, () => {
    const { data, from } = recvfrom(server.fd)
    return `"${data.toString()}" from ${nameOf(from as InternetAddress)}`
  })

function nameOf({ port }: InternetAddress): string | undefined {
  return Object.entries(clients).find(([, { at }]) => at.port === port)?.[0]
}
