// instead of echo.ts: loses 18, crash
// Ends below process.exit().

process.reallyExit(0)
