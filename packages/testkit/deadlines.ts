import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

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
  /** A whole transfer, however steadily it advances. */
  transfer: 60_000,
}

/** What `within` returns when the time is over. */
export const expired = Symbol('expired')

/** Waits for a promise, `milliseconds` at most: time in which the machine had no processor to spare counts a tenth. */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
): Promise<T | typeof expired> {
  const patience = new Patience(milliseconds)
  try {
    return await Promise.race([promise, patience.over])
  } finally {
    patience.stop()
  }
}

class Patience {
  readonly over: Promise<typeof expired>
  readonly #milliseconds: number
  readonly #started = performance.now()
  readonly #stalledBefore = stalled()
  #timer: NodeJS.Timeout | undefined

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds * crowd()
    this.over = new Promise((resolve) => this.#wait(this.#milliseconds, () => resolve(expired)))
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #wait(milliseconds: number, expire: () => void): void {
    this.#timer = setTimeout(() => {
      const left = this.#milliseconds - this.#elapsed()
      if (left > 1) this.#wait(left, expire)
      // What has arrived meanwhile is seen before the time is called over.
      else setImmediate(() => setImmediate(expire))
    }, milliseconds)
  }

  /** Time that counts. A short stall, as in any start of several programs, is part of the deadline. */
  #elapsed(): number {
    const stall = Math.max(0, stalled() - this.#stalledBefore - 300)
    return performance.now() - this.#started - 0.9 * stall
  }
}

const pressure = '/proc/pressure/cpu'
const hasPressure = existsSync(pressure)

/**
 * Milliseconds since boot in which some process waited for a processor: pressure stall information, proc(5). Asking
 * costs the kernel a tenth of a millisecond, so it is not asked again within 20 ms.
 */
function stalled(): number {
  if (!hasPressure) return 0
  const now = performance.now()
  if (now - asked > 20) {
    asked = now
    answered = Number(/some .*total=(\d+)/.exec(readFileSync(pressure, 'utf8'))?.[1]) / 1000
  }
  return answered
}
let asked = -Infinity
let answered = 0

/** Where the kernel does not tell that: how many processes share a processor, from 1 to 4, by the load average. */
function crowd(): number {
  if (hasPressure) return 1
  return Math.min(4, Math.max(1, loadavg()[0]! / availableParallelism()))
}
