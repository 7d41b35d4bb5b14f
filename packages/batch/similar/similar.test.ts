import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LessonPlace, lessons, root, submissionFolder } from '@socket-dojo/dojo/lessons'
import jsTokens from 'js-tokens'
import { parseAst } from 'rolldown/parseAst'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Compared, similarPairs } from './pairs.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Where a pair is told of. */
const threshold = 0.5

describe.each(lessons())('$name', (lesson) => {
  const starter = read(submissionFolder(lesson))
  const solution = read(submissionFolder(lesson, 'solutions'))

  test.each(['renamed', 'reformatted', 'reordered', 'all'] as const)(
    'a copy is found: %s',
    (how) => {
      for (const { name, files } of [{ name: 'solution', files: solution }, ...variants(lesson)]) {
        if (count(files) < 40) continue // A program of a few lines says nothing, and is not compared.
        const copy = Object.fromEntries(
          Object.entries(files).map(([file, source]) => [file, disguises[how](source)]),
        )
        const pairs = similarPairs(
          [
            { name, files },
            { name: 'copy', files: copy },
          ],
          starter,
          threshold,
        )
        expect(pairs, `${name}, ${how}`).toMatchObject([{ names: [name, 'copy'] }])
      }
    },
  )

  test('designs that are really different are not alike', () => {
    const designs = [{ name: 'solution', files: solution }, ...variants(lesson)]
    const own = designs.filter(({ name }) => !ofTheSolution.includes(name))
    for (const file of Object.keys(solution)) {
      const same = own.flatMap(({ name, files }) =>
        file in files ? [{ name, files: { [file]: files[file]! } }] : [],
      )
      expect(similarPairs(same, { [file]: starter[file]! }, threshold)).toEqual([])
    }
  })

  test('what the starter gives everybody makes nobody alike', () => {
    const all = [
      { name: 'a', files: starter },
      { name: 'b', files: starter },
    ]
    expect(similarPairs(all, starter, 0)).toEqual([])
  })
})

/** These are the solution with one thing done otherwise, and are rightly found. */
const ofTheSolution = [
  ...['slow-start', 'one-at-a-time', 'in-threads', 'transform-and-named-columns'],
  ...['result-with-methods', 'hopes-until-the-last', 'high-water-log'],
]

test('pnpm grade similar prints a table, and as JSON the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-similar-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const name = 'lesson-2-tcp-server'
  const hand = (learner: string) => {
    mkdirSync(join(folder, learner))
    cpSync(join(root, 'solutions', name), join(folder, learner, name), { recursive: true })
    return join(folder, learner, name)
  }
  hand('ada')
  const copy = hand('bob')
  for (const file of readdirSync(copy)) {
    const source = readFileSync(join(copy, file), 'utf8')
    writeFileSync(join(copy, file), disguises.all(source))
  }
  cpSync(join(root, 'packages', name, 'right/for-await'), join(hand('eve')), { recursive: true })

  const text = grade('similar', folder, '--lesson', '2')
  expect(text.stdout).toMatch(/^lesson-2-tcp-server: 3 compared, 1 pair alike\n/)
  expect(text.stdout).toMatch(/\n +[01]\.\d\d +\d+ +ada +bob\n$/)
  expect(text.status).toBe(0)
  const json = JSON.parse(grade('similar', folder, '--lesson', '2', '--json').stdout) as object
  expect(json).toMatchObject({
    lessons: [{ lesson: name, compared: 3, pairs: [{ names: ['ada', 'bob'] }] }],
  })

  const dolos = grade('similar', folder, '--lesson', '2', '--engine', 'dolos')
  expect(dolos.stderr).toContain('Dolos is not installed')
  expect(dolos.status).toBe(2)
  expect(grade('similar', folder, '--threshold', '2').status).toBe(2)
})

/** What a copyist does to hide a copy. */
const disguises = {
  renamed,
  reformatted,
  reordered,
  all: (source: string) => reformatted(renamed(reordered(source))),
}

/** Every name that is not a property, a keyword or of Node gets another; texts are changed too. */
function renamed(source: string): string {
  let before = ''
  return [...jsTokens(source)]
    .map(({ type, value }) => {
      const property = before === '.'
      if (!/WhiteSpace|Line/.test(type)) before = value
      if (type === 'IdentifierName' && !property && declared(source, value)) return `${value}Other`
      if (type === 'SingleLineComment' || type === 'MultiLineComment') return ' '
      return value
    })
    .join('')
}

const declared = (source: string, name: string) =>
  new RegExp(`\\b(const|let|function|class|async function) ${name}\\b`).test(source)

/** Other line breaks, indents and quotes; commas and semicolons where a formatter may put them. */
function reformatted(source: string): string {
  return source
    .replaceAll(/\n(?=\S)/g, '\n\n\n')
    .replaceAll(/^ +/gm, (blanks) => '\t'.repeat(blanks.length))
    .replaceAll(/^(\s*(?:const|let|return) [^\n{[(`]*[\w)'"\]])$/gm, '$1;')
    .replaceAll(/,(\s*[)\]}])/g, '$1')
}

/** The functions and types at the top of a file, the last first; imports and the rest as they were. */
function reordered(source: string): string {
  const parts = parseAst(source, { lang: 'ts' }).body.map(({ type, start, end }) => ({
    type,
    text: source.slice(start, end),
  }))
  const movable = /Function|Class|Interface|Alias|Export/
  const moved = parts.filter(({ type }) => movable.test(type)).toReversed()
  return parts.map((part) => (movable.test(part.type) ? moved.shift()! : part).text).join('\n\n')
}

/** The known-right programs of a lesson, each with its own files only. */
function variants(lesson: LessonPlace): Compared[] {
  const folder = join(lesson.folder, 'right')
  return readdirSync(folder).map((name) => ({ name, files: read(join(folder, name)) }))
}

function read(folder: string): Compared['files'] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const count = (files: Compared['files']) => Object.values(files).join('\n').split('\n').length

function grade(...words: string[]) {
  const command = [join(root, 'packages/dojo/dojo.mjs'), 'grade', ...words]
  const env = { ...process.env, LANG: 'C.UTF-8' }
  return spawnSync(process.execPath, command, { encoding: 'utf8', env })
}
