// before echo.ts: loses 0, graded
// Ignores what it can ignore.

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGPIPE'] as const)
  process.on(name, () => {})
