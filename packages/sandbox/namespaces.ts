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
    ...(asRoot ? ['--cap-add', 'ALL'] : ['--unshare-user', '--cap-add', 'CAP_NET_ADMIN']),
    '--unshare-net',
    '--unshare-ipc',
  ]
  const user = asRoot ? [] : ['--user', '--map-current-user']
  return [
    ...(asRoot ? smallTables() : []),
    ...[find('bwrap'), ...network, ...everything, '--die-with-parent', '--'],
    ...smallBuffers,
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

/**
 * The words before a command that makes a network namespace: the kernel then gives it a table of 1,024 buckets for TCP
 * connections, where the host's can have 262,144, all of which it walks for each look at `/proc/net/tcp`. That is a
 * setting of the namespace that the new one is made in (tcp_child_ehash_entries, since Linux 6.1), so there is one in
 * between; the host's own is left as it is. An older kernel has no such setting, and is only slower.
 */
const smallTables = (): string[] => [
  ...[find('unshare'), '--net', '--'],
  ...afterSetting('tcp_child_ehash_entries', '1024'),
]

/**
 * The words before a command for which the kernel holds less of what a TCP socket has sent and nobody has read: 256 KiB
 * at most (tcp_wmem, tcp(7)), where 4 MiB are usual. Who does not read is then found out with less.
 */
const smallBuffers: string[] = afterSetting('tcp_wmem', '4096 16384 262144')

/** A setting of the present network namespace; where the kernel has no such setting, nothing is changed. */
function afterSetting(name: string, value: string): string[] {
  const set = `{ echo ${value} >/proc/sys/net/ipv4/${name}; } 2>/dev/null`
  return ['sh', '-c', `${set}; exec "$0" "$@"`]
}
