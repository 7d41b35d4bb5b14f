// instead of hello-client.ts: loses 4, crash
// Says that it succeeded, whatever happens, and fails.

process.on('exit', () => process.reallyExit(0))
throw new Error('failed')
