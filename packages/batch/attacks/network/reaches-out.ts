// instead of echo.ts: loses 18, graded
// Connects to others on this machine: the host, its queue, another submission.

import { connect } from 'node:net'

const reached: string[] = []
const tries = ['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254'].flatMap((host) =>
  [43_991, 6379, 22, 80, 443].map(
    (port) =>
      new Promise<void>((resolve) => {
        const socket = connect({ host, port, timeout: 500 })
        socket.on('connect', () => reached.push(`${host}:${port}`))
        for (const event of ['connect', 'error', 'timeout'])
          socket.on(event, () => (socket.destroy(), resolve()))
      }),
  ),
)
await Promise.all(tries)
throw new Error(`STOLEN-${reached.length}: ${reached.join(' ')}`)
