// before echo.ts: loses 0, graded
// Looks a name up that nobody can look up here.

const { lookup: ask } = await import('node:dns/promises')
await ask('example.org').catch(() => {})
