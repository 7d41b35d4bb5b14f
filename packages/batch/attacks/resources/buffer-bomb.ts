// instead of echo.ts: loses 18, resource_limit
// Fills memory beside its heap.

setImmediate(() => {
  const all: Buffer[] = []
  for (;;) all.push(Buffer.alloc(64 * 1024 * 1024, 1))
})
export const startEcho = () => new Promise(() => {})
