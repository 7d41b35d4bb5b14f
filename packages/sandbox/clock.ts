import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/**
 * Milliseconds of fair time: time as a program on this machine gets it. Where four programs want to run for each
 * processor, everything takes four times as long, and fair time passes at a quarter of the pace; while this very
 * process is held up, it hardly passes at all. What waits by this clock is as patient as the machine is slow.
 * It passes only while something waits.
 */
export const fairTime = (): number => passed

/**
 * Calls back once so many milliseconds of fair time have passed. What has arrived by then is seen first.
 * @returns a function that calls it off.
 */
export function afterFairTime(milliseconds: number, callback: () => void): () => void {
  const waiter = { due: passed + milliseconds, callback }
  waiters.add(waiter)
  if (!ticking) {
    last = performance.now()
    ticking = setInterval(tick, period)
  }
  return () => {
    waiters.delete(waiter)
    if (waiters.size > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** Milliseconds between two looks at the machine. */
const period = 10

const waiters = new Set<{ due: number; callback: () => void }>()
let ticking: NodeJS.Timeout | undefined
let passed = 0
let last = 0

function tick(): void {
  const now = performance.now()
  passed += Math.min((now - last) / crowd(), 2 * period)
  last = now
  for (const waiter of waiters) {
    if (waiter.due > passed) continue
    waiters.delete(waiter)
    setImmediate(() => setImmediate(waiter.callback))
  }
}

/**
 * How many want to run for each processor, at least 1: of the kernel's runnable threads (proc_loadavg(5)) without this
 * one, which is only looking; elsewhere by the load average, at most 4.
 */
function crowd(): number {
  const processors = availableParallelism()
  if (process.platform !== 'linux') return Math.min(4, Math.max(1, loadavg()[0]! / processors))
  const runnable = Number(/(\d+)\/\d+/.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1] ?? 1) - 1
  return Math.max(1, runnable / processors)
}
