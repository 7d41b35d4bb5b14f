import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lessons, root } from './lessons.ts'
import { samples } from './samples.ts'
import { checkout } from './testing/checkout.ts'
import { Run } from './testing/dojo.ts'

/** The commands around the loop, each as a learner runs it, in a checkout where nothing is done. */
const lesson = 'lesson-2-tcp-server'
const slow = { timeout: 240_000 }

test('help names every command', async () => {
  const { stdout } = await ended(dojo(root, '--help'))
  for (const name of ['hint', 'progress', 'solution', 'reset', 'test'])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
})

test('hint: for the check that fails first, as far as was asked', slow, async () => {
  const { stdout, status } = await ended(dojo(checkout(), 'hint', '2', '--level', '2'))
  expect(stdout).toMatch(/\? hello-server listens[^]*1\/3 [^]*2\/3 [^]*hint lesson-2 --level 3/)
  expect(stdout).not.toContain('3/3')
  expect(status).toBe(0)
})

test('hint: of a file that does not parse, that', slow, async () => {
  const folder = checkout()
  appendFileSync(join(folder, 'exercises/lesson-2-tcp-server/hello-server.ts'), 'const x = {\n')
  const { stdout } = await ended(dojo(folder, 'hint', '2'))
  expect(stdout).toMatch(/\? hello-server listens[^]*1\/1 [^]*does not parse[^]*const x = \{/)
  expect(stdout).not.toContain('--level')
})

test('hint: nothing fails', slow, async () => {
  const { stdout, status } = await ended(dojo(root, 'hint', '2', '--in', 'solutions'))
  expect(stdout).toMatch(/(\d+) of \1 points/)
  expect(status).toBe(0)
})

test.for([
  [['hint', '2', '--check', 'eco-all'], 'echo-all'],
  [['hint', '2', '--level', '4'], '1, 2 or 3'],
  [['hint', '9'], 'There is no lesson "9"'],
  [['reset', 'tpc-server'], 'Did you mean tcp-server'],
  [['solution', '2'], '--yes'],
] as const)('wrong use: %j', slow, async ([words, said]) => {
  const place = words[0] === 'solution' ? checkout() : root
  const { stdout, stderr, status } = await ended(dojo(place, ...words))
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(said)
})

test('solution: the difference, and a sentence for each other good answer', slow, async () => {
  const place = checkout()
  const { stdout } = await ended(dojo(place, 'solution', '2', '--yes'))
  expect(stdout).toContain(`exercises/${lesson}/echo.ts → solutions/${lesson}/echo.ts`)
  expect(stdout).toMatch(/^-.*TODO/m)
  const right = samples(lessons()[1]!).filter(({ kind }) => kind === 'right')
  expect(right.filter(({ name }) => !stdout.includes(`${name}  `))).toEqual([])

  pass(place)
  cpSync(join(root, 'solutions', lesson), join(place, 'exercises', lesson), { recursive: true })
  const after = await ended(dojo(place, 'solution', '2', '--lang', 'ja'))
  expect(after.status).toBe(0)
  expect(after.stdout).toMatch(/echo\.ts\n同じです/)
})

test('progress: every lesson, its points, what is next', slow, async () => {
  const place = checkout()
  expect((await ended(dojo(place, 'progress'))).stdout).toMatch(
    /– Lesson 1 .* not begun\n[^]*next: pnpm test lesson-1 --watch\n/,
  )
  pass(place)
  expect((await ended(dojo(place, 'progress'))).stdout).toMatch(/✓ Lesson 2 .* 2\/2\n/)
})

test('reset: the starter is back, and what was there is kept', slow, async () => {
  const place = checkout()
  const exercise = join(place, 'exercises', lesson)
  writeFileSync(join(exercise, 'echo.ts'), '// mine\n')
  writeFileSync(join(exercise, 'notes.txt'), 'mine\n')
  pass(place)
  const { stdout, status } = await ended(dojo(place, 'reset', '2'))
  const [kept] = readdirSync(join(place, 'exercises/kept'))
  expect([status, stdout]).toEqual([0, expect.stringContaining(`exercises/kept/${kept}`)])
  expect(readFileSync(join(place, 'exercises/kept', kept!, 'echo.ts'), 'utf8')).toBe('// mine\n')
  expect(readFileSync(join(exercise, 'echo.ts'), 'utf8')).toContain('TODO')
  expect(existsSync(join(exercise, 'notes.txt'))).toBe(false)
  expect(readFileSync(join(place, 'exercises/progress.txt'), 'utf8')).not.toContain(lesson)

  const again = await ended(dojo(place, 'reset', '2'))
  expect(again.stdout).toContain('the starter already')
  expect(readdirSync(join(place, 'exercises/kept'))).toEqual([kept])
})

/** As if that lesson had passed. */
function pass(place: string): void {
  writeFileSync(join(place, 'exercises/progress.txt'), `${lesson} echo-all 2/2\n`)
}

const dojo = (place: string, ...words: string[]) =>
  new Run([join(place, 'packages/dojo/dojo.mjs'), ...words])

async function ended(run: Run) {
  const status = await run.exited
  return { status, stdout: run.stdout, stderr: run.stderr }
}
