// instead of echo.ts: loses 18, timeout
// Never comes to its end, and lets nobody interrupt it.

for (;;);
