// instead of echo.ts: loses 18, resource_limit
// Fills its heap.

const all: unknown[] = []
for (;;) all.push(new Array(4_000_000).fill({}))
