// before echo.ts: loses 0, graded
// Fills every disk that it can write to.

const { appendFileSync: fill } = await import('node:fs')
const block = Buffer.alloc(1024 * 1024, 1)
for (const folder of ['/tmp', '/dev/shm', '/dojo', '/var/tmp', '.']) {
  try {
    for (let i = 0; i < 8; i++) fill(`${folder}/filled-by-echo`, block)
  } catch {
    // Full, or not to be written.
  }
}
