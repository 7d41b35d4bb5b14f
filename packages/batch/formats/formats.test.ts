import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Language } from '@socket-dojo/testkit/text'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'csv-parse/sync'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { classOf, mixedClass } from '../fixtures/class.ts'
import { hostile, hostileLearners } from '../fixtures/hostile.ts'
import { type Format, formats, writeResults } from '../formats.ts'
import type { Class, Result } from '../result.ts'

vi.setConfig({ testTimeout: 120_000 }) // Much is written and parsed again, and the machine may be busy.

const mixed = mixedClass(40)
const few = mixed.learners.slice(0, 3)
const nasty = [
  classOf(hostileLearners, hostile.html),
  ...Object.values(hostile).map((text) => classOf(few, text)),
]
const languages: Language[] = ['en', 'ja']

/** Every file of a format, of every class and in both languages: with the class that it was made of. */
async function all(name: string): Promise<{ path: string; text: string; of: Class }[]> {
  const files = []
  for (const of of [mixed, ...nasty])
    for (const language of languages)
      for (const [path, text] of await write(name, of, language)) files.push({ path, text, of })
  return files
}

async function write(
  name: string,
  of: Class,
  language: Language = 'en',
): Promise<Map<string, string>> {
  const format = (await import(join(import.meta.dirname, `${name}.ts`))) as Format
  return new Map(format.write(of, language))
}

const resultOf = ({ results }: Class, learner: string) =>
  results.filter((one) => one.learner.id === learner)

describe('json', () => {
  test('each file is what the schema says, and nothing is lost on the way', async () => {
    const ajv = new Ajv2020({ allowUnionTypes: true })
    ajv.addSchema(schema('../../dojo/report/report.schema.json'))
    const ofClass = ajv.compile(schema('../result.schema.json'))
    const ofResult = ajv.compile({ $ref: 'socket-dojo/result/1#/$defs/result' })
    for (const { path, text } of await all('json')) {
      const validate = path === 'class.json' ? ofClass : ofResult
      validate(JSON.parse(text))
      expect(validate.errors ?? null).toBe(null)
    }
    const files = await write('json', mixed)
    expect(JSON.parse(files.get('class.json')!)).toEqual(mixed)
    expect(files.size).toBe(1 + mixed.results.length)
    for (const result of mixed.results)
      expect(
        JSON.parse(files.get(`results/${result.learner.id}/${result.suite.lesson}.json`)!),
      ).toEqual(result)
  })
})

describe('gradescope', () => {
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(gradescopeSchema())

  test('each file is what Gradescope takes', async () => {
    for (const { text } of await all('gradescope')) {
      validate(JSON.parse(text))
      expect(validate.errors).toBe(null)
      expect(text).not.toMatch(control)
    }
  })

  test('the score is that of the class, less a discount; what is held out is hidden', async () => {
    for (const [path, text] of await write('gradescope', mixed)) {
      const { score, tests } = JSON.parse(text) as { score: number; tests: GradescopeTest[] }
      const own = resultOf(mixed, path.split('/')[1]!)
      expect(score).toBeCloseTo(
        own.reduce((sum, { points }) => sum + points, 0),
        2,
      )
      const earned = own.reduce((sum, { report }) => sum + report.points, 0)
      expect(tests.reduce((sum, one) => sum + one.score, 0)).toBe(earned)
      expect(tests.filter(({ visibility }) => visibility === 'hidden')).toHaveLength(own.length)
    }
  })

  test('no file, and so no 0, where the grader failed or nothing was submitted', async () => {
    const files = await write('gradescope', mixed)
    for (const { id } of mixed.learners) {
      const own = resultOf(mixed, id)
      const judged = own.length > 0 && own.every(({ status }) => status !== 'grader_error')
      expect(files.has(`gradescope/${id}/results.json`)).toBe(judged)
    }
  })
})

describe('github-classroom', () => {
  test('each file is what the reporter takes: base64 of JSON, a number as score of every test', async () => {
    const validate = new Ajv2020().compile(classroomSchema())
    for (const { text } of await all('github-classroom')) {
      expect(text).toMatch(/^[A-Za-z0-9+/]+=*\n$/)
      validate(runner(text))
      expect(validate.errors).toBe(null)
    }
  })

  test('the reporter adds up the points of the class, and nothing where the grader failed', async () => {
    for (const [path, text] of await write('github-classroom', mixed)) {
      const own = resultOf(mixed, path.slice('github-classroom/'.length, -'.txt'.length))
      const { max_score, status, tests } = runner(text)
      const judged = own.every(isJudged)
      const total = tests.reduce((sum, { score }) => sum + score, 0)
      const points = own.reduce((sum, one) => sum + one.points, 0)
      expect(max_score).toBe(judged ? 21 * own.length : 0)
      expect(status === 'error').toBe(!judged)
      expect(total).toBeCloseTo(points, 2)
    }
  })

  test('no line of a message is a command to the runner, and what is held out says nothing', async () => {
    for (const { text } of await all('github-classroom'))
      for (const { name, message } of runner(text).tests) {
        // As the runner looks for them: at the start of a line, blanks apart, or the older ones anywhere.
        for (const line of message.split(/\r\n?|\n/)) expect(line.trimStart()).not.toMatch(/^::/)
        expect(message).not.toContain('##[')
        expect(message).not.toMatch(control)
        expect(name.endsWith('check-5') && message !== '').toBe(false)
      }
  })
})

describe('junit', () => {
  test('each file is well-formed XML with the elements that readers know', async () => {
    for (const { text } of await all('junit')) {
      const root = xml(text)
      expect(root.name).toBe('testsuites')
      for (const element of elements(root)) {
        expect(Object.keys(children)).toContain(element.name)
        expect(children[element.name]).toEqual(
          expect.arrayContaining(element.children.map(({ name }) => name)),
        )
        expect(Object.keys(element.attributes)).toEqual(
          expect.arrayContaining(attributes[element.name] ?? []),
        )
      }
    }
  })

  test('its counts are those of its cases, and its points those of the class', async () => {
    for (const [path, text] of await write('junit', mixed)) {
      const root = xml(text)
      const own = resultOf(mixed, path.slice('junit/'.length, -'.xml'.length))
      for (const counted of [root, ...root.children]) {
        const inside = elements(counted)
        const count = (name: string) => inside.filter((one) => one.name === name).length
        expect(counted.attributes).toMatchObject({
          tests: String(count('testcase')),
          failures: String(count('failure')),
          errors: String(count('error')),
          skipped: String(count('skipped')),
        })
      }
      const points = root.children.map((one) =>
        elements(one).find(({ attributes: { name } }) => name === 'points'),
      )
      expect(points.map((one) => Number(one?.attributes.value))).toEqual(
        own.map((one) => one.points),
      )
    }
  })

  test('a hostile name comes back from the parser as it is shown', async () => {
    const [name] = hostileLearners.map(({ id }) => id)
    const files = await write('junit', classOf(hostileLearners, hostile.html))
    expect(xml([...files.values()][0]!).attributes.name).toBe(name)
    const text = elements(xml([...files.values()][0]!))
      .map((one) => one.text)
      .join()
    expect(text).toContain(hostile.html)
  })
})

describe.each(['canvas', 'moodle'])('%s', (name) => {
  test('each file comes back from a parser: a cell for each column, no formula, no second line', async () => {
    for (const { text } of await all(name)) {
      const rows = table(text)
      expect(new Set(rows.map((row) => row.length)).size).toBe(1)
      for (const cell of rows.flat()) {
        expect(cell).not.toMatch(/^\s*[=+\-@|%]/)
        expect(cell).not.toMatch(/[\r\n\t]/)
        expect(cell).not.toMatch(control)
      }
    }
  })
})

test('canvas: the columns, the row of points possible, and a grade for each judged submission', async () => {
  const [header, possible, ...rows] = table(
    (await write('canvas', mixed)).get('canvas/grades.csv')!,
  )
  expect(header!.slice(0, 5)).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'])
  expect(possible).toEqual(['    Points Possible', '', '', '', '', '21', '21', '21'])
  expect(rows.map((row) => row[2])).toEqual(mixed.learners.map(({ id }) => id))
  for (const row of rows) expect(row.slice(5)).toEqual(grades(row[2]!))
})

test('moodle: users that it can know, grades that it can take, nobody who was not judged', async () => {
  const [header, ...rows] = table((await write('moodle', mixed)).get('moodle/grades.csv')!)
  expect(header).toEqual([
    'idnumber',
    'Lesson 2: Subject 2',
    'Lesson 3: Subject 3',
    'Lesson 4: Subject 4',
  ])
  expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length)
  for (const [id, ...cells] of rows) {
    expect(cells).toEqual(grades(id!))
    expect(cells.some((cell) => cell !== '')).toBe(true)
    for (const cell of cells) expect(Number(cell)).toBeLessThanOrEqual(21)
  }
  const judged = mixed.learners.filter(({ id }) => resultOf(mixed, id).some(isJudged))
  expect(rows).toHaveLength(judged.length)
})

describe('html', () => {
  test('is one file without script, picture or address of another, whatever was written', async () => {
    for (const { path, text } of await all('html')) {
      const tags = text.match(/<[^>]*>/g)!.join('\n')
      expect(path).toBe('report.html')
      expect(tags.match(/<(script|img|iframe|object|link|base|form)\b/gi)).toBe(null)
      expect(tags.match(/\s(on\w+|src|href|action)=(?!"#)/gi)).toBe(null)
      expect(text).not.toMatch(control)
    }
  })
})

describe('writeResults', () => {
  test('writes each format, also for ids that are no file names', async () => {
    const folder = scratch()
    const folders = formats.filter((name) => !['html', 'json'].includes(name))
    const written = await writeResults(folder, classOf(hostileLearners, hostile.html))
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    expect(found.toSorted()).toEqual(written.toSorted())
    expect(new Set(written.map((path) => path.split('/')[0]))).toEqual(
      new Set(['class.json', 'results', 'report.html', ...folders]),
    )
    expect(
      written.every((path) => /^[\w.%/-]+$/.test(path) && !path.split('/').includes('..')),
    ).toBe(true)
  })

  test('leaves nothing of an earlier class, and everything that is not its own', async () => {
    const folder = scratch()
    await writeResults(folder, mixed, { formats: ['json', 'junit'] })
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    await writeResults(folder, mixedClass(2), { formats: ['json'] })
    expect(readdirSync(join(folder, 'results'))).toHaveLength(2)
    expect(readdirSync(join(folder, 'junit')).length).toBeGreaterThan(30)
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
  })

  test('ids that differ in case only have files that differ in more', async () => {
    const files = await write('json', classOf([{ id: 'Ann' }, { id: 'ann' }, { id: 'bob' }]))
    const names = [...files.keys()].map((path) => path.toLowerCase())
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('results/bob/lesson-2-subject.json')
  })
})

const isJudged = ({ status }: Result) => status !== 'grader_error'

/** What an importer should find for a learner: an empty cell where there is no verdict. */
const grades = (id: string) =>
  mixed.lessons.map(({ name }) => {
    const found = resultOf(mixed, id).find(({ suite }) => suite.lesson === name)
    return found && isJudged(found) ? String(found.points) : ''
  })

/** As strict as RFC 4180: quotes only where a whole cell is quoted, CRLF. */
function table(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true)
  return parse(text, { relax_quotes: false, relax_column_count: true, record_delimiter: '\r\n' })
}

/** Control characters and marks of direction, which none of these formats may carry to a reader. */
const control = /(?![\n\r\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\\u00[01][0-9a-f]/u

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Parses XML as the standard has it: the parser throws at whatever is not well-formed. */
function xml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes: found }: SaxesTagPlain) => {
    const element = { name, attributes: found, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', (piece) => (open.at(-1)!.text += piece))
  parser.on('closetag', () => open.pop())
  parser.write(text).close()
  return root.children[0]!
}

const elements = (element: Element): Element[] => [element, ...element.children.flatMap(elements)]

/** What may stand in what, and what must: the common ground of the readers of JUnit XML. */
const children: Record<string, string[]> = {
  testsuites: ['testsuite'],
  testsuite: ['properties', 'testcase', 'system-out'],
  testcase: ['properties', 'failure', 'error', 'skipped'],
  properties: ['property'],
  property: [],
  failure: [],
  error: [],
  skipped: [],
  'system-out': [],
}
const attributes: Record<string, string[]> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
  testcase: ['name', 'classname', 'time'],
  property: ['name', 'value'],
  failure: ['message', 'type'],
  error: ['message', 'type'],
  skipped: ['message'],
}

interface GradescopeTest {
  score: number
  visibility: string
}

/** The rules of https://gradescope-autograders.readthedocs.io/en/latest/specs/ as a schema. */
function gradescopeSchema() {
  const visibility = { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] }
  const format = { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] }
  return {
    type: 'object',
    additionalProperties: false,
    required: ['score', 'tests'],
    properties: {
      score: { type: 'number', minimum: 0 },
      execution_time: { type: 'integer', minimum: 0 },
      output: { type: 'string' },
      output_format: format,
      visibility,
      stdout_visibility: visibility,
      tests: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['name'],
          dependentRequired: { score: ['max_score'], status: ['score'] },
          properties: {
            score: { type: 'number' },
            max_score: { type: 'number' },
            status: { enum: ['passed', 'failed'] },
            name: { type: 'string', minLength: 1 },
            number: { type: 'string' },
            output: { type: 'string' },
            output_format: format,
            tags: { type: 'array', items: { type: 'string' } },
            visibility,
          },
        },
      },
    },
  }
}

/** What the reporter of GitHub Classroom reads of a runner. */
interface Runner {
  status: string
  max_score: number
  tests: { name: string; score: number; message: string }[]
}

const runner = (text: string) => JSON.parse(Buffer.from(text, 'base64').toString()) as Runner

function classroomSchema() {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['version', 'status', 'max_score', 'tests'],
    properties: {
      version: { const: 1 },
      status: { enum: ['pass', 'fail', 'error'] },
      max_score: { type: 'number', minimum: 0 },
      tests: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: [
            'name',
            'status',
            'score',
            'message',
            'test_code',
            'filename',
            'line_no',
            'duration',
          ],
          properties: {
            name: { type: 'string', minLength: 1 },
            status: { enum: ['pass', 'fail', 'error'] },
            score: { type: 'number' },
            message: { type: 'string' },
            test_code: { type: 'string' },
            filename: { type: 'string' },
            line_no: { type: 'integer' },
            duration: { type: 'number' },
          },
        },
      },
    },
  }
}

function schema(path: string): object {
  return JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8')) as object
}

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-formats-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
