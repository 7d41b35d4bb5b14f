import { closeSync, existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * Closes the descriptors above `last` that this process was given and would hand on to its children: those that are
 * not close-on-exec, which all of Node's own are. A shell can leave some open, and a program inside a sandbox must
 * not get hold of them. Does nothing where there is no `/proc`.
 */
export function closeInherited(last: number): void {
  if (!existsSync('/proc/self/fdinfo')) return
  for (const name of readdirSync('/proc/self/fdinfo')) {
    const fd = Number(name)
    if (fd > last && !isCloseOnExec(fd)) closeSync(fd)
  }
}

/** proc_pid_fdinfo(5): the flags are octal. A descriptor that is gone, as the one of the listing, needs no closing. */
function isCloseOnExec(fd: number): boolean {
  try {
    const flags = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1]
    return (Number.parseInt(flags ?? '0', 8) & closeOnExec) !== 0
  } catch {
    return true
  }
}

/** O_CLOEXEC of Linux, which Node does not name. */
const closeOnExec = 0o2000000
