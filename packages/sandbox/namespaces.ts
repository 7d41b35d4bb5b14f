import { asRoot } from './bwrap.ts'
import { find } from './libraries.ts'

/**
 * The command line that runs `command` in a network and a PID namespace of its own; else it sees what we see. It
 * has a loopback that nobody else is on, and no way out: graders run in it, so that a submission's fixed port never
 * meets another program. And when it ends, however it ends, the kernel ends all that it has started.
 *
 * unshare(1) mounts the `/proc` of the new PID namespace, because bwrap would cover a part of it, and a sandbox
 * inside can only mount its own where the outer one is whole.
 */
export function inOwnNamespaces(command: string[]): string[] {
  const everything = ['--bind', '/', '/', '--dev-bind', '/dev', '/dev', '--bind', '/proc', '/proc']
  // Root needs no user namespace, and without one it can give each program inside a user of its own.
  const network = [...(asRoot ? ['--cap-add', 'ALL'] : ['--unshare-user']), '--unshare-net']
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
