import { spawnSync } from 'node:child_process'
import { needs } from './needs.ts'

/**
 * Runs the calling program once more in a network of its own, with a loopback and nothing else, where it may do what
 * else only root may: see packets, and send made-up ones. It returns only there. user_namespaces(7), network_namespaces(7)
 */
export function inOwnNetwork(): void {
  if (process.argv[2] === 'inside') return
  needs('unshare', '-Urn', 'ip', 'link', 'set', 'lo', 'up')
  const script = 'ip link set lo up && exec "$0" "$@"'
  const { status } = spawnSync(
    'unshare',
    ['-Urn', 'sh', '-c', script, process.execPath, process.argv[1]!, 'inside'],
    { stdio: 'inherit' },
  )
  process.exit(status ?? 1)
}
