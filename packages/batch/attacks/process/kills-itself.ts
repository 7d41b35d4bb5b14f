// instead of echo.ts: loses 18, crash
// Ends by SIGKILL.

process.kill(process.pid, 'SIGKILL')
