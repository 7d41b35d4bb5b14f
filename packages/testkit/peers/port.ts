import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Kit } from '../kit.ts'

/**
 * A port that is free for TCP and for UDP, and lies below those from which kernels choose: nobody gets it by chance
 * while a check expects it to be free.
 */
export async function freePort(kit: Kit): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    kit.knows(port)
    return port
  }
}

/** Checks run side by side: none gets the port of another. */
const given = new Set<number>()

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  const socket = createSocket('udp4')
  try {
    server.listen(port, '0.0.0.0')
    await once(server, 'listening')
    socket.bind(port, '0.0.0.0')
    await once(socket, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
    socket.close()
  }
}
