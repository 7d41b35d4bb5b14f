import {
  cpSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { descendants, processes } from '../../sandbox/processes.ts'
import { root } from '../lessons.ts'
import { checkout } from '../testing/checkout.ts'
import { Run } from '../testing/dojo.ts'

const lesson = 'lesson-2-tcp-server'
const solution = join(root, 'solutions', lesson)
const slow = { timeout: 360_000 }

test(
  'a learner saves this and that: each time the first failure in full, the rest in a line',
  slow,
  async () => {
    const place = checkout()
    const { folder, file, run } = watchIn(place, '2')
    let at = await run.until(/0 of 43 points.*\n/)
    expect(run.stdout.match(/ {6}what /g)).toHaveLength(1)

    cpSync(solution, folder, { recursive: true })
    at = await run.until(/43 of 43 points\n[^]*Lesson 2 has passed/, at)
    expect(progress(place).match(/^lesson-2-tcp-server .* ([12])\/\1$/gm)).toHaveLength(32)

    writeFileSync(file('echo.ts'), 'const open = (\n')
    at = await run.until(/echo\.ts, line 1: this does not parse[^]* of 43 points.*\n/, at)

    rmSync(file('echo.ts'))
    at = await run.until(/echo\.ts is missing[^]* of 43 points.*\n/, at)

    cpSync(join(solution, 'echo.ts'), file('Echo.ts'))
    renameSync(file('Echo.ts'), file('echo.ts'))
    await run.until(/43 of 43 points\n/, at)
  },
)

test('the folder goes, and comes back', slow, async () => {
  const { folder, run } = watch('2', '--check', 'echo-listens')
  let at = await run.until(/0 of 1 points.*\n/)
  renameSync(folder, `${folder}-gone`)
  at = await run.until(/echo\.ts is missing[^]*0 of 1 points.*\n/, at)
  renameSync(`${folder}-gone`, folder)
  at = await run.until(/0 of 1 points.*\n/, at)
  cpSync(solution, folder, { recursive: true })
  await run.until(/1 of 1 points\n/, at)
})

test.for([
  ['shut in', {}],
  ['as plain processes', { PATH: '/nowhere' }],
] as const)(
  'saved in the middle of a run, %s: the run is given up, nothing of it is left',
  slow,
  async ([, env]) => {
    const place = checkout()
    cpSync(solution, join(place, 'exercises', lesson), { recursive: true })
    const { file, run } = watchIn(place, { env }, '2')
    const at = await run.until(/✓ .*\n/)
    const [, ...family] = descendants(run.pid)
    expect(family.length).toBeGreaterThan(1)
    cpSync(join(solution, 'echo.ts'), file('echo.ts'))
    const again = await run.until(/saved meanwhile: starting over\n/, at)
    await run.until(/43 of 43 points\n/, again)
    expect(alive(family)).toEqual([])
  },
)

test('ten saves a second: after the last one, one run, of what was saved last', slow, async () => {
  const { folder, file, run } = watch('2', '--check', 'echo-listens')
  await run.until(/0 of 1 points.*\n/)
  cpSync(solution, folder, { recursive: true })
  for (let save = 1; save < 10; save++) {
    writeFileSync(file('echo.ts'), `const save = ${save} (\n`)
    await sleep(100)
  }
  const last = run.stdout.length
  writeFileSync(file('echo.ts'), good('echo.ts'))
  const end = await run.until(/1 of 1 points\n/, last)
  const begun = run.stdout.slice(last, end).match(/^Lesson 2/gm)!.length
  expect(begun).toBeLessThanOrEqual(2) // The save before may just have begun one.
})

test('two watchers at once: both judge, and progress is kept', slow, async () => {
  const place = checkout()
  const words = ['2', '--check', 'echo-listens'] as const
  const both = [watchIn(place, ...words), watchIn(place, ...words)]
  await Promise.all(both.map(({ run }) => run.until(/0 of 1 points.*\n/)))
  cpSync(solution, both[0]!.folder, { recursive: true })
  await Promise.all(both.map(({ run }) => run.until(/1 of 1 points\n/)))
  expect(progress(place).match(/^[^#\n].*$/gm)).toEqual(['lesson-2-tcp-server echo-listens 1/1'])
})

test.for([
  ['after a save that nobody told of', []],
  ['from the start', ['--poll']],
] as const)('files are looked at: %s', slow, async ([name, words]) => {
  const place = checkout()
  // What is written by another name of the same file is no event in this folder: inotify(7).
  const [exercise, elsewhere] = [join(place, 'exercises', lesson), join(place, 'elsewhere')]
  mkdirSync(elsewhere)
  linkSync(join(exercise, 'echo.ts'), join(elsewhere, 'echo.ts'))
  const { run } = watchIn(place, '2', '--check', 'echo-listens', ...words)
  const at = await run.until(/0 of 1 points.*\n/)
  writeFileSync(join(elsewhere, 'echo.ts'), good('echo.ts'))
  await run.until(/1 of 1 points\n/, at)
  if (name !== 'from the start') await run.until(/does not tell of saves/, at)
})

test.for([
  ['SIGINT', 130, {}],
  ['SIGINT', 130, { PATH: '/nowhere' }],
  ['SIGTERM', 143, {}],
  ['SIGKILL', null, {}],
] as const)(
  '%s in the middle of a run leaves nothing running, %#',
  slow,
  async ([signal, status, env]) => {
    const { run } = watchIn(checkout(), { env }, '2')
    await run.until(/[✓✗] .*\n/)
    const family = descendants(run.pid)
    process.kill(run.pid, signal)
    expect(await run.exited).toBe(status)
    await vi.waitFor(() => expect(alive(family)).toEqual([]), { timeout: 10_000 })
  },
)

test('wrong use is said, and ends', slow, async () => {
  const both = dojo(root, ['test', '2', '--watch', '--json'])
  expect([await both.exited, both.stderr]).toEqual([2, expect.stringContaining('--watch')])
  const check = dojo(root, ['test', '2', '--watch', '--check', 'eco-all'])
  expect([await check.exited, check.stderr]).toEqual([2, expect.stringContaining('echo-all')])
})

/** A watcher in a checkout of its own. */
const watch = (...words: string[]) => watchIn(checkout(), ...words)

function watchIn(place: string, ...args: (string | { env: Record<string, string> })[]) {
  const words = args.filter((word) => typeof word === 'string')
  const { env = {} } = args.find((option) => typeof option === 'object') ?? {}
  const folder = join(place, 'exercises', lesson)
  return {
    folder,
    file: (name: string) => join(folder, name),
    run: dojo(place, ['test', ...words, '--watch'], env),
  }
}

/** A command of a checkout. Its output is waited for from where the wait before has ended. */
function dojo(place: string, words: string[], env: Record<string, string> = {}) {
  const run = new Run([join(place, 'packages/dojo/dojo.mjs'), ...words], env)
  const until = (expected: RegExp, from = 0): Promise<number> =>
    vi.waitFor(
      () => {
        const match = expected.exec(run.stdout.slice(from))
        if (!match) throw new Error(`Expected ${expected}, found:\n${run.stdout.slice(from)}`)
        return from + match.index + match[0].length
      },
      { timeout: 120_000, interval: 20 },
    )
  return Object.assign(run, { until })
}

const progress = (place: string) => readFileSync(join(place, 'exercises/progress.txt'), 'utf8')

const good = (file: string) => readFileSync(join(solution, file), 'utf8')

function alive(family: ReturnType<typeof processes>) {
  const now = processes()
  return family.filter(({ pid, started }) =>
    now.some((one) => one.pid === pid && one.started === started),
  )
}
