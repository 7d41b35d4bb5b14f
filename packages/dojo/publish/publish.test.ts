import { execFile } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LessonPlace, lessons, root } from '../lessons.ts'
import type { Report } from '../report/report.ts'
import { bundle } from './bundle.ts'
import { pnpm } from './pnpm.ts'

const parent = mkdtempSync(join(tmpdir(), 'dojo-publish-'))
const edition = join(parent, 'edition')
afterAll(() => rmSync(parent, { recursive: true }))

describe('the edition', () => {
  beforeAll(async () => {
    await dojo(root, 'publish', edition)
    // As the workflow on push does it: the lock file has to be right as it is.
    const [file, ...words] = [...pnpm(), 'install', '--frozen-lockfile', '--prefer-offline']
    await run(file, words, edition)
  }, 600_000)

  test('holds no solutions, no samples, and no source text of a suite', () => {
    const files = globSync('**/*', { cwd: edition, exclude: ['**/node_modules'] })
    expect(
      files.filter((file) => /solutions|\/(right|wrong)\/|\.test\.ts$|\.map$/.test(file)),
    ).toEqual([])
    expect(
      globSync('packages/lesson-*/suite/*', { cwd: edition })
        .map((file) => file.split('/').at(-1))
        .filter((name) => name !== 'inside' && name !== 'index.test.js'),
    ).toEqual([])
    const whole = texts(edition).join('\n')
    const own = comments(globSync(join(root, '{packages/lesson-*/suite,solutions/*}/**/*.*')))
    const tool = globSync(
      join(root, 'packages/{dojo,testkit,sandbox,posix,lesson-*/starter}/**/*.*'),
      {
        exclude: ['**/node_modules'],
      },
    )
    const open = comments(tool).join('\n')
    const secret = own.filter((comment) => !open.includes(comment))
    expect(secret.length).toBeGreaterThan(100)
    expect(secret.filter((comment) => whole.includes(comment))).toEqual([])
  })

  test('judges the starters and the solutions as this one does', async () => {
    const own = lessons()
    const starters = await verdicts(edition)
    expect(starters.map(({ lesson }) => lesson.name)).toEqual(own.map(({ name }) => name))
    expect(starters.map(({ points, fault }) => [points, fault])).toEqual(
      own.map(() => [0, undefined]),
    )
    // That each lesson here comes to the same is its proof; one is compared word for word.
    expect(starters[1]).toEqual((await verdicts(root, own[1]!.name, '--in', starterOf(own[1]!)))[0])

    cpSync(join(root, 'solutions'), join(edition, 'exercises'), { recursive: true })
    const solutions = await verdicts(edition)
    expect(solutions.map(({ maximum }) => maximum)).toEqual(starters.map(({ maximum }) => maximum))
    expect(solutions.filter(({ points, maximum }) => points !== maximum)).toEqual([])
    for (const { name, folder } of own)
      cpSync(join(folder, 'starter'), join(edition, 'exercises', name), { recursive: true })
  }, 900_000)

  test('has hints, starters and a workflow that grades on push', () => {
    for (const { name } of lessons()) {
      expect(readdirSync(join(edition, 'packages', name))).toContain('hints.ts')
      expect(readdirSync(join(edition, 'exercises', name))).not.toEqual([])
    }
    const workflow = readFileSync(join(edition, '.github/workflows/grade.yml'), 'utf8')
    expect(workflow).toContain('on: [push]')
    expect(workflow).toContain('npx -y pnpm@12 test')
  })

  test('has the commands that make sense there, and each can be loaded', async () => {
    const commands = readdirSync(join(edition, 'packages/dojo/commands')).map((file) =>
      file.replace('.ts', ''),
    )
    expect(commands).toEqual(expect.arrayContaining(['hint', 'progress', 'reset', 'start', 'test']))
    for (const command of commands)
      expect(await dojo(edition, command, '--help')).toMatchObject({ status: 0, stderr: '' })
    for (const command of ['prove', 'stress', 'verify', 'publish', 'grade', 'solution']) {
      const { status, stderr } = await dojo(edition, command)
      expect(stderr).toContain(`There is no command "${command}"`)
      expect(status).toBe(2)
    }
  }, 300_000)
})

test('a folder with files in it is left as it is', async () => {
  const { status, stderr } = await dojo(root, 'publish', join(root, 'exercises'))
  expect(stderr).toContain('Expected a new or empty folder')
  expect(status).toBe(2)
})

describe('a held-out check', () => {
  const about = (rest: string) => `{ title: same('t'), points: 1, why, next, ${rest} }`

  test('is not in the bundle, nor what only it uses', async () => {
    const code = await bundle(
      suite(`
      function onlyForTheSecret() { return 'the secret input' }
      check('open', ${about('')}, async (kit) => { await kit.program('open.ts') })
      if (true) check('secret', ${about('heldOut: true')}, async (kit) => { await kit.program(onlyForTheSecret()) })
      check('after', ${about("restsOn: 'open'")}, async (kit) => { await kit.program('after.ts') })
    `),
    )
    expect(code).toContain('open.ts')
    expect(code).toContain('after.ts')
    expect(code).not.toMatch(/secret/)
  })

  test('cannot be what another check rests on', async () => {
    const source = `
      check('secret', ${about('heldOut: true')}, async () => {})
      check('after', ${about("restsOn: 'secret'")}, async () => {})
    `
    await expect(bundle(suite(source))).rejects.toThrow(
      'Expected after to rest on a check that learners have',
    )
  })

  test('that would not be found stops the publication', async () => {
    const source = `const tags = { heldOut: true } as const\n check('secret', { ...tags, ...${about('')} }, async () => {})`
    await expect(bundle(suite(source))).rejects.toThrow(
      'Expected heldOut: true to be written in the call',
    )
  })
})

/** What a command says of the lessons in `exercises`, times apart. */
async function verdicts(place: string, ...words: string[]) {
  const { stdout, stderr } = await dojo(place, 'test', ...words, '--json', '--seed', '1')
  expect(stderr).toBe('')
  const reports = [JSON.parse(stdout) as Report | Report[]].flat()
  return reports.map(({ lesson, points, maximum, checks, fault }) => ({
    lesson,
    points,
    maximum,
    fault,
    checks: checks.map(({ id, title, outcome, failure }) => ({ id, title, outcome, failure })),
  }))
}

/** A starter where it lies as a submission: in a folder of its lesson's name. */
function starterOf({ name, folder }: LessonPlace): string {
  cpSync(join(folder, 'starter'), join(parent, name), { recursive: true })
  return join(parent, name)
}

let suites = 0

/** Writes a suite, and returns its path. */
function suite(source: string): string {
  const file = join(parent, `suite-${++suites}.ts`)
  const head =
    "import { check, same } from '@socket-dojo/testkit'\nconst why = same('w'), next = same('n')\n"
  writeFileSync(file, head + source)
  return file
}

/** Comments of the sources: every one is gone, or everything may be there. */
function comments(files: string[]): string[] {
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n'))
  return lines.flatMap((line) => /(?:^ ?\*|\/\*\*|\/\/) (.{25,})$/.exec(line.trim())?.[1] ?? [])
}

function texts(folder: string): string[] {
  const files = globSync('**/*.*', { cwd: folder, exclude: ['**/node_modules'] })
  return files.map((file) => readFileSync(join(folder, file), 'utf8'))
}

function dojo(place: string, ...words: string[]) {
  return run(process.execPath, [join(place, 'packages/dojo/dojo.mjs'), ...words], place)
}

function run(file: string, words: string[], cwd: string) {
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, LANG: 'C.UTF-8' }
    const child = execFile(file, words, { cwd, env, maxBuffer: 64 << 20 }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}
