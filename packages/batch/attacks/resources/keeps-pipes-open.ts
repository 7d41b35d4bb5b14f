// instead of echo.ts: loses 18, crash
// Ends, and leaves a process behind that holds its output.

import { spawn } from 'node:child_process'

spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'inherit' })
  .on('error', () => {})
  .unref()
process.exit(1)
