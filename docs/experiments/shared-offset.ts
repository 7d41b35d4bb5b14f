/** A child writes through a descriptor that it got from its parent; then the parent writes. What is in the file? */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'offset-'))

const inherited = openSync(join(folder, 'inherited'), 'w')
spawnSync('printf', ['child'], { stdio: ['ignore', inherited, 'ignore'] })
writeSync(inherited, '-parent')
console.log(`one open(), inherited by the child: ${read('inherited')}`)

const own = openSync(join(folder, 'twice'), 'w')
spawnSync('sh', ['-c', `printf child > ${join(folder, 'twice')}`])
writeSync(own, '-parent')
console.log(`two times open(), one each:         ${read('twice')}`)

rmSync(folder, { recursive: true })

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}
