import { join } from 'node:path'

/**
 * The command line that runs `command` under strace(1), which writes what it sees to its standard error, a line a call,
 * each with its PID; the command itself has descriptor 3 as its output.
 *
 * @param all every system call, as strace shows it; else those that a story is told of.
 */
export function straceCommand(command: string[], all: boolean): string[] {
  const chosen = all ? [] : ['--seccomp-bpf', '-yy', '-s', '32', '-e', `trace=${calls.join()}`]
  // To a file or a pipe of its own strace writes each PID; the pipe lives on when Ctrl-C ends the program.
  const output = ['-o', '|trap "" INT TERM; exec cat >&2']
  const redirect = ['sh', '-c', 'exec "$@" >&3 2>&3 3>&-', 'sh']
  return ['strace', '-f', '-q', ...chosen, ...output, ...redirect, ...command]
}

/** The calls that strace looks for. With a question mark: not every processor has it. */
const calls = [
  ...['network', 'read', 'readv', 'write', 'writev', 'close'],
  ...['?pipe', 'pipe2', 'dup', '?dup2', 'dup3', 'openat'],
  ...['execve', 'clone', '?clone3', '?fork', '?vfork'],
]

/** What a program is run by under strace: Node alone, which erases the types itself, or for a module a prompt. */
export function nodeCommand(path: string, args: string[], prompt: string | undefined): string[] {
  if (prompt === undefined) return [process.execPath, path, ...args]
  return [process.execPath, join(import.meta.dirname, '../start/prompt.ts'), path, prompt]
}
