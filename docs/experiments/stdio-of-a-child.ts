/** Is what Node calls a pipe, `stdio: 'pipe'`, a pipe? And does a child get the other descriptors of its parent? */
import { spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'

const look = 'readlink /proc/self/fd/1'
console.log(`standard output of a child of Node:   ${run(look)}`)
console.log(`… of the first part of a shell's A | B: ${run(`${look} | cat`)}`)

const fd = openSync('/dev/null', 'r')
console.log(
  `a file that Node has open is open in its child: ${run(`[ -e /proc/self/fd/${fd} ] && echo yes || echo no`)}`,
)

function run(command: string): string {
  const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  return stdout.trim().replace(/\d+/, '…')
}
