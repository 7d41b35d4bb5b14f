// instead of echo.ts: loses 18, graded
// Listens on another port than it says.

import { createServer } from 'node:net'

export async function startEcho() {
  const server = createServer((socket) => socket.pipe(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: { address: '127.0.0.1', family: 'IPv4', port: 1 },
    connections: () => 0,
    close: async () => {},
  }
}
