// instead of hello-client.ts: loses 4, timeout
// A client that connects 10,000 times.

import { connect } from 'node:net'

for (let i = 0; i < 10_000; i++) {
  connect(Number(process.argv[3]), process.argv[2]).on('error', () => {})
  if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
}
