import { limits } from './limits.ts'
import { find, isInstalled } from './libraries.ts'

/**
 * The words before a command without bubblewrap: where util-linux is there, the caps of the kernel, and SIGKILL
 * when its parent dies. Elsewhere none: the watchdog alone counts memory and processes.
 */
export function plainCommand(command: string[]): string[] {
  if (!isInstalled('setpriv') || !isInstalled('prlimit')) return command
  return [find('setpriv'), '--pdeathsig', 'KILL', '--', ...limits({ processes: false }), ...command]
}
