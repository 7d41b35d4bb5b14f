import type { Output } from './output.ts'

/** Something that runs, with what it has printed. */
interface Process {
  output: Output
}

/** Processes that several checks of a run use, by what they run. */
const shared = new Map<string, { process: Process; users: number }>()

/**
 * The process for a key, made on first use, with the number of checks that use it, now or later. Starting a process is
 * what grading spends its time on; checks that do not harm each other share one.
 * One that has ended is replaced.
 */
export function share<T extends Process>(
  key: string,
  make: () => T,
): { process: T; users: () => number } {
  let entry = shared.get(key)
  if (!entry || entry.process.output.exit) shared.set(key, (entry = { process: make(), users: 0 }))
  const used = entry
  used.users++
  return { process: used.process as T, users: () => used.users }
}

/** Ends all of them. */
export async function endShared(): Promise<void> {
  const all = [...shared.values()]
  shared.clear()
  await Promise.all(all.map(({ process }) => process.output.running.end()))
}
