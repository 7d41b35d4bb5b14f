// instead of echo.ts: loses 18, crash
// A rejection that nobody handles.

void Promise.reject(new Error('nobody handles me'))
await new Promise((resolve) => setTimeout(resolve, 1000))
