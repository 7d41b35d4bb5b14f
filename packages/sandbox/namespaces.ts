import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { asRoot } from './bwrap.ts'
import { find } from './libraries.ts'

/**
 * The command line that runs `command` in network, PID and IPC namespaces of its own; else it sees what we see, and can
 * change none of it but the folder for temporary files. It has a loopback that nobody else is on, and no way out:
 * graders run in it, so that a submission's fixed port never meets another program. And when it ends, however it ends,
 * the kernel ends all that it has started.
 * @param writable more folders that it may write to, where they are there.
 *
 * unshare(1) mounts the `/proc` of the new PID namespace, because bwrap would cover a part of it, and a sandbox
 * inside can only mount its own where the outer one is whole.
 */
export function inOwnNamespaces(command: string[], writable: string[] = []): string[] {
  const everything = [
    ...['--ro-bind', '/', '/', '--dev-bind', '/dev', '/dev', '--bind', '/proc', '/proc'],
    ...[tmpdir(), ...writable]
      .filter((folder) => existsSync(folder))
      .map((folder) => realpathSync(folder))
      .flatMap((folder) => ['--bind', folder, folder]),
  ]
  // Root needs no user namespace, and without one it can give each program inside a user of its own.
  const network = [
    ...(asRoot ? ['--cap-add', 'ALL'] : ['--unshare-user']),
    '--unshare-net',
    '--unshare-ipc',
  ]
  const user = asRoot ? [] : ['--user', '--map-current-user']
  return [
    ...[find('bwrap'), ...network, ...everything, '--die-with-parent', '--'],
    ...[
      find('unshare'),
      ...user,
      '--mount',
      '--mount-proc',
      '--pid',
      '--fork',
      '--kill-child',
      '--',
    ],
    ...command,
  ]
}
