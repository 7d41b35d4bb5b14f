import { createSocket } from 'node:dgram'
import { once } from 'node:events'

export async function startCounter({ host, port }: { host: string; port: number }) {
  const socket = createSocket('udp4')
  const came = new Set<number>()
  let next = 0
  socket.on('message', (data) => {
    if (data.length < 4) return
    const number = data.readUInt32BE()
    came.add(number)
    if (number >= next) next = number + 1
  })
  socket.bind(port, host)
  await once(socket, 'listening')
  const address = { ...socket.address(), toString: () => `${host}:${socket.address().port}` }
  const close = () => new Promise<void>((resolve) => socket.close(() => resolve()))
  return { address, received: () => came.size, lost: () => next - came.size, close }
}
