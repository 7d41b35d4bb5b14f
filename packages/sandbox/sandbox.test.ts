import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  type Caps,
  chooseProfile,
  inOwnNamespaces,
  type Profile,
  type Running,
  start,
} from './index.ts'
import { processes } from './processes.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const { profile: best, reason } = await chooseProfile('auto')
const profiles: Profile[] = best === 'bwrap' ? ['bwrap', 'plain'] : ['plain']

test.skipIf(best === 'bwrap')(`bubblewrap: ${reason}`, ({ skip }) => skip())

describe.each(profiles)('%s', (profile) => {
  test('gives output, exit status and arguments', async () => {
    const running = run('look.mjs', ['/nowhere'])
    const output = text(running.stdout)
    expect(await running.exited).toEqual({ status: 0, signal: null })
    expect(JSON.parse(await output)).toMatchObject({ secret: 'ENOENT' })
  })

  test('names the signal that ended it', async () => {
    const running = run('stubborn.mjs')
    await line(running)
    running.signal('SIGTERM')
    running.signal('SIGKILL')
    expect(await running.exited).toEqual({ status: null, signal: 'SIGKILL' })
  })

  test('passes only the environment it is told', async () => {
    const seen = await look(run('look.mjs', ['/nowhere'], { environment: { LESSON: '2' } }))
    const names = Object.keys(seen.environment).filter(
      (name) => name !== 'PWD' && name !== 'DOJO_PROGRAM',
    )
    expect(names.toSorted()).toEqual(['HOME', 'LESSON', 'PATH'])
  })

  test('ends what prints without end', async () => {
    expect(await run('flood.mjs').exited).toMatchObject({ cap: 'output' })
  })

  test('ends what takes too long, even where it ignores signals', async () => {
    const running = run('stubborn.mjs', [], { caps: { time: 300 } })
    expect(await running.exited).toMatchObject({ cap: 'time', signal: 'SIGKILL' })
  })

  test.each(['buffers.mjs', 'heap.mjs'])('ends what fills memory: %s', async (program) => {
    const running = run(program)
    const said = text(running.stderr)
    const exit = await running.exited
    expect(exit.status).not.toBe(0)
    expect(exit.cap ?? (await said)).toMatch(/memory/)
  })

  test('ends what fills memory slowly for its memory, not for its time', async () => {
    const running = run('buffers.mjs', [], { caps: { time: 50 } })
    const said = text(running.stderr)
    expect((await running.exited).cap ?? (await said)).toMatch(/memory/)
  })

  test('lets a program have threads', async () => {
    expect(await run('thread.mjs').exited).toEqual({ status: 0, signal: null })
  })

  test('ends a fork bomb', async () => {
    expect(await run('forks.mjs').exited).toMatchObject({ cap: 'processes' })
  })

  test('ends what a program leaves behind, though it holds the output open', async () => {
    expect(await run('daemon.mjs').exited).toEqual({ status: 0, signal: null })
  })

  test('pauses and resumes', async () => {
    const running = run('stubborn.mjs')
    await line(running)
    await running.pause()
    expect(processes().some(({ pid }) => pid === running.pid)).toBe(true)
    running.resume()
    expect(await running.end()).toEqual({ status: null, signal: 'SIGKILL' })
  })

  /** Starts a fixture, and looks in the end that nothing of it is left. */
  function run(main: string, args: string[] = [], more: Partial<Options> = {}): Running {
    const running = start({ directory: fixtures, main, arguments: args, ...more }, profile)
    onTestFinished(async () => {
      await running.end()
      expect(processes().filter(({ pid }) => commandLine(pid).includes(main))).toEqual([])
    })
    return running
  }
})

test.runIf(best === 'bwrap')('a judge can change nothing but temporary files', () => {
  const folder = mkdtempSync(join(import.meta.dirname, '.judge-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const temporary = mkdtempSync(join(tmpdir(), 'judge-'))
  onTestFinished(() => rmSync(temporary, { recursive: true }))
  const touch = (place: string, writable: string[] = []) => {
    const [file, ...args] = inOwnNamespaces(['touch', join(place, 'file')], writable)
    spawnSync(file!, args)
    return existsSync(join(place, 'file'))
  }
  expect(touch(folder)).toBe(false)
  expect(touch(temporary)).toBe(true)
  expect(touch(folder, [join(folder, 'absent'), folder])).toBe(true)
})

describe.runIf(best === 'bwrap')('what a program in bubblewrap sees', () => {
  test('is Node, its libraries and its directory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dojo-secret-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'secret'), 'of the host')
    const running = start(
      { directory: fixtures, main: 'look.mjs', arguments: [join(folder, 'secret')] },
      'bwrap',
    )
    const seen = await look(running)
    expect(seen.secret).toBe('ENOENT')
    expect(seen.root).not.toContain('home')
    expect(seen.root).not.toContain('root')
    expect(seen.processes).toBeLessThanOrEqual(2)
    expect(seen.first).not.toContain(fixtures)
    expect(seen.user).not.toBe(0)
    expect(seen.hosts).toContain('localhost')
  })

  test('cannot harm who started it', async () => {
    const running = start({ directory: fixtures, main: 'killer.mjs' }, 'bwrap')
    // Where -1 reached anybody outside, nobody would be left to expect anything.
    const exit = await running.exited
    expect(exit.status === 0 || exit.signal === 'SIGKILL').toBe(true)
  })

  test.runIf(process.arch === 'x64')(
    'may not ask the kernel for what no lesson needs',
    async () => {
      const running = start({ directory: fixtures, main: 'calls.mjs', commands: true }, 'bwrap')
      const found = JSON.parse(await text(running.stdout)) as unknown
      const { EPERM, EAFNOSUPPORT } = constants.errno
      expect(found).toEqual({
        namespace: 1,
        keys: EPERM,
        ring: EPERM,
        packets: EAFNOSUPPORT,
        datagrams: 0,
      })
    },
  )

  test('has a small disk of its own', async () => {
    const running = start({ directory: fixtures, main: 'fill.mjs' }, 'bwrap')
    const said = text(running.stderr)
    expect((await running.exited).status).not.toBe(0)
    expect(await said).toMatch(/ENOSPC|EFBIG/)
  })
})

interface Options {
  environment: Record<string, string>
  caps: Partial<Pick<Caps, 'time' | 'output'>>
}

interface Seen {
  root: string[]
  processes: number
  first: string
  environment: Record<string, string>
  user: number
  secret: string
  hosts: string
}

async function look(running: Running): Promise<Seen> {
  return JSON.parse(await text(running.stdout)) as Seen
}

async function line(running: Running): Promise<void> {
  await new Promise((resolve) => running.stdout.once('data', resolve))
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
