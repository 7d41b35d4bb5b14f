import { afterFairTime } from '@socket-dojo/sandbox'

/**
 * How long the grader waits for what should happen, in milliseconds, all in one place. A program that is right
 * meets them on an idle machine many times over; on a busy one they stretch.
 */
export const deadlines = {
  /** Until Node has begun in a process that was started: what takes longer is the fault of the machine. */
  begin: 10_000,
  /** From there until a program says that it listens, or a module is loaded. */
  ready: 1_600,
  /** Until the next byte of an answer, or the result of a call, or the next line. Each byte starts it anew. */
  answer: 1_000,
  /** Until a connection, or a process, has ended that has nothing more to do. */
  end: 1_000,
  /** A window in which nothing more may arrive. It says so in the message. */
  quiet: 50,
  /** A whole stretch check: it measures, and that takes its time. */
  stretch: 180_000,
  /** A whole transfer, however steadily it advances. */
  transfer: 60_000,
}

/** What `within` returns when the time is over. */
export const expired = Symbol('expired')

/**
 * Waits for a promise, `milliseconds` at most, in which this machine had processors to spare (see `fairTime`). Time in
 * which it had not counts for less.
 */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
): Promise<T | typeof expired> {
  let stop = () => {}
  const over = new Promise<typeof expired>((resolve) => {
    stop = afterFairTime(milliseconds, () => resolve(expired))
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    stop()
  }
}
