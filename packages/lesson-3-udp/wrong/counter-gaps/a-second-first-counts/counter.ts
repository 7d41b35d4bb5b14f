/**
 * A receiver that notices what it did not receive.
 *
 * Its sender numbers its datagrams 0, 1, 2 …: each begins with its number, 4 bytes, the most significant first
 * (readUInt32BE). What follows is of no interest. UDP may lose datagrams, deliver them twice, and change their order:
 * any number may come next, up to 4,294,967,295.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface Counter {
  /** Where it really receives, with the port that the kernel chose. */
  address: AddressInfo
  /** How many different numbers have come. */
  received(): number
  /** How many numbers below the highest that has come are missing now. One that comes late is not missing any more. */
  lost(): number
  /** Receives no more. Resolves when the socket is closed. */
  close(): Promise<void>
}

/** Starts a counter for one sender on an IPv4 address; port 0 lets the kernel choose a free one. Resolves when it receives. */
export async function startCounter({
  host,
  port,
}: {
  host: string
  port: number
}): Promise<Counter> {
  const socket = createSocket('udp4')
  const numbers: number[] = []
  let highest = -1

  socket.on('message', (message) => {
    if (message.length < 4) return
    const number = message.readUInt32BE()
    if (numbers.indexOf(number) > 0) return
    numbers.push(number)
    highest = Math.max(highest, number)
  })

  socket.bind(port, host)
  await once(socket, 'listening')

  return {
    address: socket.address(),
    received: () => numbers.length,
    lost: () => highest + 1 - numbers.length,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}
