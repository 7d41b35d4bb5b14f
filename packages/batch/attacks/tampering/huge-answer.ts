// instead of exchange.ts: loses 11, crash
// An answer that would fill the memory of who reads it, from a program that keeps within its own.

export const exchange = async () => [Buffer.alloc(16 * 1024 * 1024, 'x')]
