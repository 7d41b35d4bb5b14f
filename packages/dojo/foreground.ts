import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { descendants, signal } from '../sandbox/processes.ts'

/**
 * Starts a command that shares this terminal. Ctrl-C is its own business: the terminal sends it to every process, and
 * we end when the command has ended. However we end, nothing of it is left running.
 *
 * @param interrupt hands SIGINT on, where it did not come from a terminal.
 */
export function startInForeground(
  [file, ...args]: string[],
  stdio: StdioOptions,
  interrupt = (command: ChildProcess) => void command.kill('SIGINT'),
) {
  const child = spawn(file!, args, { stdio })
  process.removeAllListeners('SIGINT').on('SIGINT', () => {
    if (!process.stdin.isTTY) interrupt(child)
  })
  process.on('exit', () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    for (const { pid } of descendants(child.pid!).toReversed()) signal(pid, 'SIGKILL')
  })
  /** The exit status; 130, as a shell tells of Ctrl-C, where a signal ended it. */
  const exited = once(child, 'exit').then(([status]) => (status as number | null) ?? 130)
  return { child, exited }
}
