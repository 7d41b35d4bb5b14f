// instead of echo.ts: loses 18, resource_limit
// Fills its heap.

const all: unknown[] = []
for (;;) all.push(Array.from({ length: 100_000 }, () => ({})))
