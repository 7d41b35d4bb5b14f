import { spawnSync } from 'node:child_process'

/** Ends the program with status 77, "skipped", where the system does not have a command or does not let us use it. */
export function needs(command: string, ...args: string[]): void {
  if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return
  console.error(`skipped: this needs ${[command, ...args].join(' ')}`)
  process.exit(77)
}
