import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '@socket-dojo/dojo/lessons'
import { asRoot, find, isInstalled } from '@socket-dojo/sandbox'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 })
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojo-bad-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

test('no folder', () => {
  expect(grade('nowhere')).toEqual([2, expect.stringContaining('nowhere cannot be read: ENOENT')])
})

test('an empty folder', () => {
  mkdirSync(join(folder, 'in'))
  expect(grade('in')).toEqual([2, expect.stringContaining('There is nothing in in.')])
})

test.each([
  ['names nobody', 'id,name,email,github\n', 'names nobody'],
  ['is empty', '', 'names nobody'],
  ['has one id twice', 'id,name\nada,Ada\nADA,Countess\n', 'has the id "ADA" twice'],
  ['has no id', 'name\nAda\n', 'needs an id'],
  ['has control characters', 'id,name\nada,"a\u0007da"\n', 'no control characters'],
  ['is no CSV', 'id,name\n"ada', 'cannot be read'],
])('a roster that %s', (_, roster, said) => {
  put('in/ada/lesson-2/echo.ts', 'x')
  put('roster.csv', roster)
  expect(grade('in', '--roster', 'roster.csv')).toEqual([2, expect.stringContaining(said)])
})

test('a roster that is not there', () => {
  put('in/ada/lesson-2/echo.ts', 'x')
  expect(grade('in', '--roster', 'none.csv')).toEqual([2, expect.stringContaining('ENOENT')])
})

test('a roster without anybody who submitted: nobody is judged, and everybody is named', () => {
  put('in/ada/lesson-2/echo.ts', 'x')
  put('roster.csv', 'id\nbob\n')
  const [status, said] = grade('in', '--roster', 'roster.csv')
  expect([status, said]).toEqual([1, expect.stringContaining('ada: the roster has nobody "ada"')])
  expect(said).toContain('0 graded')
})

test('archives that cannot be read, and submissions with nothing in them', () => {
  put('in/ada.zip', 'nonsense')
  put('in/bob.tar.gz', 'nonsense')
  put('in/cy/notes.txt', 'x')
  const [status, said] = grade('in')
  expect(status).toBe(1)
  for (const word of [
    'ada.zip: it cannot be read as a .zip',
    'bob.tar.gz: it cannot be read',
    'cy: it holds nothing',
  ])
    expect(said).toContain(word)
  expect(JSON.parse(readFileSync(join(folder, 'out/class.json'), 'utf8'))).toMatchObject({
    results: [],
    refused: [{ source: 'ada.zip' }, { source: 'bob.tar.gz' }, { source: 'cy' }],
  })
})

test('an output folder with something else in it stays as it is', () => {
  put('in/ada/lesson-2/echo.ts', 'x')
  put('out/thesis.txt', 'mine')
  expect(grade('in')).toEqual([2, expect.stringContaining('nothing in it was touched')])
  expect(readdirSync(join(folder, 'out'))).toEqual(['thesis.txt'])
})

test.each([
  [['--late-discount', '10%'], '--late-discount needs a deadline'],
  [['--late', 'tomorrow'], 'Expected a time such as'],
  [['--late', '2027-01-31', '--late-discount', '200%'], 'Expected 10% or 10%/day'],
  [['--shard', '3/2'], 'Expected i/n'],
  [['--jobs', '0'], 'Expected a whole number above 0'],
  [['--lesson', 'lesson-99'], 'There is no lesson "lesson-99"'],
  [['--from', 'nowhere'], 'holds no gradings'],
])('%j', (options, said) => {
  put('in/ada/lesson-2/echo.ts', 'x')
  expect(grade('in', ...options)).toEqual([2, expect.stringContaining(said)])
})

test('a replay of nothing', () => {
  expect(run(['grade', 'replay', 'abc', '--out', 'none'])).toEqual([
    2,
    expect.stringContaining('holds no gradings'),
  ])
})

test('no sandbox: nobody is judged, and it says what to install', () => {
  put('in/ada/lesson-2/echo.ts', 'x')
  const [status, said] = run(['grade', 'in', '--out', 'out'], { PATH: '/nowhere' })
  expect([status, said]).toEqual([3, expect.stringContaining('apt install bubblewrap util-linux')])
  expect(existsSync(join(folder, 'out'))).toBe(false)
})

test.skipIf(!asRoot || !isInstalled('unshare'))('a disk that fills (needs root)', () => {
  const content = Array.from({ length: 200 }, () => `// ${Math.random()}\n`.repeat(100)).join('')
  for (const name of ['a', 'b', 'c'])
    put(`in/${name}/lesson-2/echo.ts`, `${content}// ${name}`.slice(0, 200_000))
  mkdirSync(join(folder, 'out'))
  const words = ['grade', 'in', '--out', 'out/grades']
  const [file, ...args] = [
    find('unshare'),
    '--mount',
    'sh',
    '-c',
    'mount -t tmpfs -o size=300k none out && "$@"',
    'sh',
  ]
  const { status, stderr } = spawnSync(file!, [...args, process.execPath, dojo, ...words], {
    cwd: folder,
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([3, expect.stringContaining('What was graded is kept')])
})

const dojo = join(root, 'packages/dojo/dojo.mjs')

/** Its exit status, and all that it said. */
function grade(...words: string[]): [number | null, string] {
  return run(['grade', ...words, '--out', 'out'])
}

function run(words: string[], environment: Record<string, string> = {}): [number | null, string] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [dojo, ...words], {
    ...{ cwd: folder, encoding: 'utf8' },
    env: { ...process.env, LANG: 'C', ...environment },
  })
  return [status, stdout + stderr]
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
