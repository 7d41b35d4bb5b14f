// instead of echo.ts: loses 18, crash
// Ends by SIGABRT, with a core if it could.

process.abort()
