import { endShared } from './shared.ts'

/** The ends of checks: nobody waits for them but the end of the run, so that the next check can begin. */
const ending: Promise<void>[] = []

/** Lets a check end what it started while others go on. */
export function endBeside(end: Promise<void>): void {
  ending.push(end)
}

/** Ends what the checks of a run have shared. Resolves when nothing is left of the run: the next one finds nothing of it. */
export async function endRun(): Promise<void> {
  await Promise.all([endShared(), ...ending.splice(0)])
}
