// instead of exchange.ts: loses 11, timeout
// An answer that is short on its way, and would fill the memory of who unpacks it.

export const exchange = async () => Buffer.alloc(64 * 1024 * 1024, 'x')
