/** `ps aux`, `ps -aux`, `ps -ef`: are these the same? */
import { spawnSync } from 'node:child_process'
import { needs } from './lib/needs.ts'

needs('ps', 'aux')
for (const options of ['aux', '-aux', '-ef']) {
  const { stdout } = spawnSync('ps', [options], { encoding: 'utf8' })
  console.log(`ps ${options.padEnd(5)} ${stdout.split('\n')[0]!.trim().split(/\s+/).join(' ')}`)
}
