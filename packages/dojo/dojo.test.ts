import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { descendants, processes } from '../sandbox/processes.ts'
import { root } from './lessons.ts'
import type { Report } from './report/report.ts'

const lesson = 'lesson-2-tcp-server'

describe.concurrent('exit status', () => {
  test('0: all passed', async () => {
    const { status, stdout } = await dojo('test', 'lesson-2', '--in', 'solutions')
    expect(stdout).toMatch(/(\d+) of \1 points/)
    expect(status).toBe(0)
  })

  test('1: not yet', async () => {
    const { status, stdout } = await dojo('test', 'tcp-server', '--check', 'echo-listens')
    expect(stdout).toContain('0 of 1 points')
    expect(status).toBe(1)
  })

  test.each([
    [['test', 'lesson-22'], 'Did you mean lesson-2'],
    [['test', 'tcp-sevrer'], 'Did you mean tcp-server'],
    [['test', '2', '--check', 'eco-all', '--in', 'solutions'], 'Did you mean echo-all'],
    [['tset'], 'Did you mean test'],
    [['test', '--lang', 'fr'], '--lang en or --lang ja'],
    [['test', '--no-such-option'], 'unknown option'],
  ])('2: wrong use, %j', async (words, said) => {
    const { status, stderr, stdout } = await dojo(...words)
    expect(stderr).toContain(said)
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })
})

describe.concurrent('what a beginner can do wrong', () => {
  test('a file is missing: which one, and where it should be', async () => {
    const folder = submission((path) => rmSync(join(path, 'echo.ts')))
    expect(await what(folder, 'echo-listens')).toContain(`echo.ts is missing from ${lesson}`)
  })

  test('a file has another name: which one', async () => {
    const folder = submission((path) =>
      renameSync(join(path, 'hello-server.ts'), join(path, 'helloServer.ts')),
    )
    expect(await what(folder, 'hello-listens')).toContain('there is helloServer.ts: rename it')
  })

  test.each([
    ['const open = (\nconst b = 1', 'line 2', 'const b = 1'],
    ['const a = 1\nenum Colour { Red }', 'line 2', 'enum Colour { Red }'],
  ])('a file does not parse: file, line, the line itself %#', async (source, where, line) => {
    const folder = submission((path) => writeFileSync(join(path, 'echo.ts'), source))
    const said = await what(folder, 'echo-listens')
    expect(said).toContain(`echo.ts, ${where}`)
    expect(said).toContain(line)
    expect(said).not.toContain('node_modules')
  })

  test('something is imported that is not there: its name', async () => {
    const source = "import 'left-pad'\nimport './util.ts'\n"
    const folder = submission((path) => writeFileSync(join(path, 'hello-server.ts'), source))
    expect(await what(folder, 'hello-listens')).toContain(
      'hello-server.ts imports "left-pad", which is not there',
    )
  })

  test('a program exits early: its status, and the end of what it printed', async () => {
    const source = "console.error('no port given')\nprocess.exit(3)\n"
    const folder = submission((path) => writeFileSync(join(path, 'hello-server.ts'), source))
    const said = await what(folder, 'hello-listens')
    expect(said).toContain('exit status 3')
    expect(said).toContain('no port given')
  })

  test('types are wrong: a note after the verdict, no points', async () => {
    const folder = submission((path) => {
      const file = join(path, 'hello-server.ts')
      writeFileSync(
        file,
        `const port: string = 1\n${readFileSync(file, 'utf8').replace('const port', 'const real')}`,
      )
      writeFileSync(file, readFileSync(file, 'utf8').replace('listen(port,', 'listen(real,'))
    })
    const { stdout } = await dojo('test', '2', '--in', folder)
    expect(stdout).toMatch(/(\d+) of \1 points/)
    expect(stdout).toContain("TS2322: Type 'number' is not assignable to type")
  })
})

test('--json is what its schema says, and nothing else is printed', async () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema())
  for (const folder of ['solutions', 'exercises']) {
    const { stdout } = await dojo('test', '2', '--json', '--in', folder)
    const report: unknown = JSON.parse(stdout)
    validate(report)
    expect(validate.errors).toBe(null)
  }
})

test('without a lesson, each has a line', async () => {
  const { stdout } = await dojo('test')
  expect(stdout).toMatch(/✗ Lesson 2 · TCP server and client +0\/\d+\n +next: /)
})

test('Japanese where the environment says so', async () => {
  const { stdout } = await dojo.in({ LANG: 'ja_JP.UTF-8' }, 'test', '2', '--check', 'echo-listens')
  expect(stdout).toContain('第 2 課 · TCP サーバーとクライアント')
})

test('the same seed gives the same random values', async () => {
  const reports = await Promise.all(
    [1, 2].map(() =>
      dojo('test', '2', '--json', '--seed', 'abc', '--check', 'echo-all', '--in', 'solutions'),
    ),
  )
  const [first, second] = reports.map(
    ({ stdout }) => (JSON.parse(stdout) as Report).checks[0]!.steps,
  )
  expect(second).toEqual(first)
})

test('nothing of the suite is printed, whatever goes wrong', async () => {
  const { stdout, stderr } = await dojo('test', '2')
  expect(stdout + stderr).not.toMatch(/\.test\.ts|suite\/|kit\./)
})

test('no bubblewrap, nor anything else of the system: it works, and says so in a sentence', async () => {
  const { stdout, status } = await dojo.in({ PATH: '/nowhere' }, 'test', '2', '--in', 'solutions')
  expect(stdout).toMatch(/(\d+) of \1 points/)
  expect(stdout).toContain('Programs ran as plain processes')
  expect(status).toBe(0)
})

test.each(['SIGINT', 'SIGKILL'] as const)(
  '%s in the middle leaves no process behind',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'dojo-test-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const words = [join(import.meta.dirname, 'dojo.mjs'), 'test', '2', '--in', 'solutions']
    const child = spawn(process.execPath, words, { env: { ...process.env, TMPDIR: folder } })
    await once(child.stdout, 'data')
    const family = descendants(child.pid!)
    expect(family.length).toBeGreaterThan(1)
    child.kill(signal)
    await once(child, 'exit')
    const alive = () =>
      processes().filter((one) =>
        family.some(({ pid, started }) => one.pid === pid && one.started === started),
      )
    await vi.waitFor(() => expect(alive()).toEqual([]), { timeout: 5_000 })
    const left = signal === 'SIGINT' ? readdirSync(folder) : []
    expect(left).toEqual([])
  },
)

/** A copy of the solution, changed; its path. */
function submission(change: (path: string) => void): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'dojo-test-')), lesson)
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }))
  cpSync(join(root, 'solutions', lesson), folder, { recursive: true })
  change(folder)
  return folder
}

/** What the failure of a check says was seen. */
async function what(folder: string, id: string): Promise<string> {
  const { stdout } = await dojo('test', '2', '--json', '--in', folder)
  const report = JSON.parse(stdout) as Report
  return report.checks.find((check) => check.id === id)?.failure?.what.en ?? 'it did not fail'
}

function schema(): object {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, 'report/report.schema.json'), 'utf8'),
  ) as object
}

async function run(environment: NodeJS.ProcessEnv, words: string[]) {
  const env = { ...process.env, LANG: 'C.UTF-8', ...environment }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'dojo.mjs'), ...words], { env })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { stdout, stderr, status: status as number }
}

/** Runs the real command. */
function dojo(...words: string[]) {
  return run({}, words)
}
dojo.in = (environment: NodeJS.ProcessEnv, ...words: string[]) => run(environment, words)
