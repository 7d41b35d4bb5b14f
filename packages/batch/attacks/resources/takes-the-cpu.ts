// instead of echo.ts: loses 18, timeout
// Turns on as many threads as it may, and does nothing.

import { Worker } from 'node:worker_threads'

for (let i = 0; i < 4; i++) new Worker('for (;;);', { eval: true })
export const startEcho = () => new Promise(() => {})
