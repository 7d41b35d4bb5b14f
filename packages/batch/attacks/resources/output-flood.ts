// instead of echo.ts: loses 18, resource_limit
// Prints without end, on both streams.

const line = `${'flood '.repeat(1000)}\n`
for (;;) {
  process.stdout.write(line)
  process.stderr.write(line)
  await new Promise((resolve) => setImmediate(resolve))
}
