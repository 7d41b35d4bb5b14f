import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { descendants, processes } from '../../sandbox/processes.ts'
import { root } from '../lessons.ts'
import { dojo, lacks } from '../testing/dojo.ts'
import { Terminal } from '../testing/terminal.ts'

vi.setConfig({ testTimeout: 120_000 })

const solutions = ['--in', 'solutions']

describe('how to talk to it', () => {
  test.each([
    [['lesson-2', 'echo', '0'], /nc 127\.0\.0\.1 (\d+)$/m],
    [['lesson-3', 'echo', '0'], /printf hi \| socat - UDP:127\.0\.0\.1:(\d+)$/m],
    [['lesson-4', 'registry', '0', '::'], /nc ::1 (\d+)$/m],
  ])('%j', async (words, line) => {
    const run = dojo('start', ...solutions, ...words)
    const [, told] = await run.says(line)
    const [, port] = await run.says(/^listening on .*:(\d+)$/m)
    expect(told).toBe(port)
  })
})

test('arguments reach the program as they are, options and empty ones too', async () => {
  const words = ['lesson-1', 'pipeline', 'printf', '<%s>', '--lang-like', '', '-n', 'a b']
  const run = dojo('start', ...solutions, ...words)
  expect(await run.exited).toBe(0)
  expect(run.stdout).toMatch(/^<--lang-like><><-n><a b>/)
})

test('a program that ends by itself ends it too where no terminal is, with its exit status', async () => {
  const run = dojo('start', ...solutions, 'lesson-2', 'hello-client', '127.0.0.1', '1')
  expect(await run.exited).toBe(1)
  expect(run.stderr).toContain('ECONNREFUSED')
})

test('no program is named: those of the lesson, as they can be typed', async () => {
  const run = dojo('start', 'lesson-2')
  expect(await run.exited).toBe(0)
  expect(run.stdout).toContain('pnpm dojo start lesson-2 hello-server 43211 5\n')
})

test.each([
  [['start', 'lesson-22', 'echo'], 'Did you mean lesson-2'],
  [['start', 'lesson-2', 'ehco'], 'Did you mean echo'],
  [['trace', 'lesson-2', 'ehco'], 'Did you mean echo'],
  [['sockets', 'lesson-2', 'ehco'], 'Did you mean echo'],
  [['sockets', 'tcp-sevrer'], 'Did you mean tcp-server'],
])('wrong use, %j', async (words, said) => {
  const run = dojo(...words)
  expect(await run.exited).toBe(2)
  expect(run.stderr).toContain(said)
})

test.each([
  ['const open = (\nconst b = 1', 'echo.ts, line 2: this does not parse'],
  ['enum Colour { Red }', 'echo.ts, line 1: this TypeScript cannot be run by erasing its types'],
])('a program that does not run is told in the words of the grader %#', async (source, said) => {
  const folder = copy()
  writeFileSync(join(folder, 'echo.ts'), source)
  const run = dojo('start', '--in', folder, 'lesson-2', 'echo', '0')
  expect(await run.exited).toBe(1)
  expect(run.stderr).toContain(said)
  expect(run.stderr).not.toContain('node_modules')
})

test('a port that is taken: which, and who tells by whom', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const run = dojo('start', ...solutions, 'lesson-2', 'hello-server', String(port), '1')
  expect(await run.exited).toBe(1)
  expect(run.stderr).toContain(`Port ${port} is taken`)
  server.close()
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing running', async (signal) => {
  const run = dojo('start', ...solutions, 'lesson-2', 'echo', '0')
  await run.says(/^listening/m)
  const family = descendants(run.pid)
  expect(family.length).toBeGreaterThan(2)
  process.kill(run.pid, signal)
  await run.exited
  const left = () =>
    processes().filter((one) =>
      family.some(({ pid, started }) => one.pid === pid && one.started === started),
    )
  await vi.waitFor(() => expect(left()).toEqual([]), { timeout: 5000 })
})

describe.skipIf(lacks('tmux'))('in a terminal', () => {
  test('it starts again on a save, says how it ended, and Ctrl-C stops it', async () => {
    const folder = copy()
    const file = join(folder, 'hello-client.ts')
    writeFileSync(file, "console.log('first')\n")
    const terminal = new Terminal()
    await terminal.dojo(`start --in ${folder} lesson-2 hello-client`)
    await terminal.shows(/first\nhello-client\.ts ended with exit status 0/)
    writeFileSync(file, "process.exitCode = 3\nconsole.log('second')\n")
    await terminal.shows(/second\nhello-client\.ts ended with exit status 3/)
    writeFileSync(file, "console.log('half\n")
    await terminal.shows(/hello-client\.ts, line 1: this does not parse/)
    writeFileSync(file, "setInterval(() => {}, 1000)\nconsole.log('third')\n")
    await terminal.shows(/third/)
    terminal.press('C-c')
    await terminal.prompt()
  })

  test("the keyboard is the program's", async () => {
    const folder = copy()
    const source =
      "process.stdin.on('data', (line) => console.log(`read ${line}`))\nconsole.log('ready')\n"
    writeFileSync(join(folder, 'hello-client.ts'), source)
    const terminal = new Terminal()
    await terminal.dojo(`start --in ${folder} lesson-2 hello-client`)
    await terminal.shows(/^ready$/m)
    terminal.type('some words')
    terminal.press('Enter')
    await terminal.shows(/^read some words$/m)
    expect(terminal.screen.match(/^ready$/gm)).toHaveLength(1)
    terminal.press('C-c')
    await terminal.prompt()
  })

  test('a module that only exports has a prompt, and is loaded again on a save', async () => {
    const folder = copy()
    const file = join(folder, 'exchange.ts')
    const terminal = new Terminal()
    await terminal.dojo(`start --in ${folder} lesson-2 exchange`)
    await terminal.shows(/as in await exchange\(…\)[^]*> $|>$/)
    terminal.type("await exchange('127.0.0.1', 1, Buffer.from('')).catch(({ code }) => code)")
    terminal.press('Enter')
    await terminal.shows(/^'ECONNREFUSED'$/m)
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nexport const answer = 42\n`)
    await terminal.shows(/exchange\.ts is loaded again/)
    terminal.type('answer + 1')
    terminal.press('Enter')
    await terminal.shows(/^43$/m)
    terminal.press('C-d')
    await terminal.prompt()
  })
})

/** A copy of the solution of lesson 2; its path. */
function copy(): string {
  const parent = mkdtempSync(join(tmpdir(), 'dojo-start-'))
  onTestFinished(() => rmSync(parent, { recursive: true }))
  const folder = join(parent, 'lesson-2-tcp-server')
  cpSync(join(root, 'solutions/lesson-2-tcp-server'), folder, { recursive: true })
  return folder
}
