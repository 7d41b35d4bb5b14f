// instead of exchange.ts: loses 11, crash
// An answer that would fill the memory of who reads it.

export const exchange = async () => [Buffer.alloc(64 * 1024 * 1024, 'x')]
