// instead of echo.ts: loses 18, compile_error
// TypeScript that is more than types.

export enum Answer {
  Passed = 1,
}
