// instead of hello-client.ts: loses 3, crash
// Says that it succeeded, whatever happens, and fails.

process.on('exit', () => process.reallyExit(0))
throw new Error('failed')
