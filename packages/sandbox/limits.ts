import { caps, nodeReserves } from './caps.ts'
import { find } from './libraries.ts'

/**
 * The words before a command that put the resource caps on it, by prlimit(1) of util-linux.
 * @throws {SandboxFault} where there is no prlimit.
 */
export function limits({ processes }: { processes: boolean }): string[] {
  return [
    find('prlimit'),
    `--data=${caps.memory + nodeReserves}`,
    `--fsize=${caps.files}`,
    '--core=0',
    // Counts all processes of the user, so it is only for a user that the program shares with nobody. A little
    // above the cap itself, so that the watchdog sees who went over it.
    ...(processes ? [`--nproc=${caps.processes + 16}`] : []),
    '--',
  ]
}
