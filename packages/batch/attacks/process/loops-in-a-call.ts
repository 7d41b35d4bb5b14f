// instead of echo.ts: loses 18, timeout
// The same, when it is called.

export function startEcho() {
  for (;;);
}
