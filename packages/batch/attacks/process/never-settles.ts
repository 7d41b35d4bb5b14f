// instead of echo.ts: loses 18, timeout
// A promise that never settles.

export const startEcho = () => new Promise(() => {})
