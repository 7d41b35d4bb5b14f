// instead of echo.ts: loses 17, crash
// Resets every connection.

import { createServer } from 'node:net'

export async function startEcho({ host, port }) {
  const server = createServer((socket) => socket.resetAndDestroy())
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return { address: server.address(), connections: () => 0, close: async () => void server.close() }
}
