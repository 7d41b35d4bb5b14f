/** Where does the output of a background job go: does `&` before `>` make a difference? */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'redirection-'))
const job = `sh -c '[ /proc/self/fd/1 -ef a.txt ] && echo yes >&2 || echo no >&2'`
for (const line of ['JOB & > a.txt', 'JOB > a.txt &']) {
  const { stderr } = spawnSync('sh', ['-c', `${line.replace('JOB', job)}\nwait`], {
    cwd: folder,
    encoding: 'utf8',
  })
  console.log(`${line}   descriptor 1 of the job is a.txt: ${stderr.trim()}`)
}
rmSync(folder, { recursive: true })
