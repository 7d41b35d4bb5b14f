// instead of echo.ts: loses 18, crash
// An uncaught error, after the module was loaded.

export async function startEcho() {
  setImmediate(() => {
    throw new Error('late')
  })
  return new Promise(() => {})
}
