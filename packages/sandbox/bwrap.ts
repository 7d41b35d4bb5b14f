import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { caps } from './caps.ts'
import { limits } from './limits.ts'
import { find, libraries } from './libraries.ts'

/** Where the program's directory is mounted, read-only. */
export const mountPoint = '/dojo'

/** Where Node is, inside: its place on the host is nobody's business there. */
export const nodeInside = '/opt/node/bin/node'

/** Are we the real root? Then a user of its own can be given to each program. */
export const asRoot = process.getuid?.() === 0

interface Inside {
  /** Host directory, mounted at `mountPoint`. */
  directory: string
  /** What to run, by its path inside. */
  command: string[]
  /** Show the system's own programs (`/usr`, `/bin`, `/lib`) too. */
  commands?: boolean
  /** Working directory, inside. */
  cwd?: string
}

/**
 * What bwrap(1) needs to shut `command` in: own PID, IPC, UTS and mount namespaces, own user, no capabilities,
 * and nothing to see but the program, its libraries and `directory`. The command comes apart from the options,
 * because bwrap is PID 1 inside and its command line can be read there: the options, with paths of the host, go
 * through a pipe (`--args`).
 */
export function bwrapCommand({ directory, command, commands = false, cwd = '/' }: Inside) {
  const tools = ['prlimit', ...(asRoot ? ['setpriv'] : [])].map(find)
  const linked = [...new Set([process.execPath, ...tools].flatMap(libraries))]
  const options = [
    ...namespaces,
    ...(commands ? system() : tools.flatMap((tool) => readOnly(tool))),
    ...readOnly(process.execPath, nodeInside),
    ...linked.flatMap((path) => (commands ? missing(path) : readOnly(path))),
    ...['--ro-bind', join(import.meta.dirname, 'inside/etc'), '/etc'],
    ...['--perms', '1777', '--size', String(caps.files), '--tmpfs', '/tmp'],
    ...['--ro-bind', directory, mountPoint, '--chdir', cwd],
  ]
  const user = asRoot ? [find('setpriv'), ...dropRoot(nextUser())] : []
  return { options, command: ['--', ...user, ...limits({ processes: true }), ...command] }
}

const namespaces = [
  // As root a user namespace would map the inner user back to root outside: setpriv(1) does better.
  ...(asRoot
    ? ['--cap-drop', 'ALL', '--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID']
    : ['--unshare-user']),
  ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--hostname', 'dojo'],
  ...['--die-with-parent', '--new-session', '--proc', '/proc', '--dev', '/dev'],
]

/** A file or folder of the host. The folders above it are made first: bwrap alone would close them to other users. */
function readOnly(path: string, inside = path): string[] {
  const above = parents(inside).flatMap((folder) => ['--perms', '0755', '--dir', folder])
  return [...above, '--ro-bind', path, inside]
}

/** The system's programs and libraries. */
function system(): string[] {
  return systemFolders.filter((path) => existsSync(path)).flatMap((path) => readOnly(path))
}
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64']

/** What lies outside the system's folders: a Node of the workspace, for one. */
function missing(path: string): string[] {
  return systemFolders.some((folder) => path.startsWith(`${folder}/`)) ? [] : readOnly(path)
}

/** `/a/b/c` has `/a` and `/a/b`. */
function parents(path: string): string[] {
  const above = dirname(path)
  return above === '/' ? [] : [...parents(above), above]
}

function dropRoot(user: number): string[] {
  return [
    `--reuid=${user}`,
    `--regid=${user}`,
    '--clear-groups',
    '--bounding-set=-all',
    '--no-new-privs',
  ]
}

/** RLIMIT_NPROC counts per user, so each program gets one that no other has: a block of our own, and a counter. */
function nextUser(): number {
  started = (started + 1) % 256
  return block + started
}
const block = 0x10000000 + 256 * randomInt(2 ** 20)
let started = 0
