import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { findLesson, root, submissionFolder } from '@socket-dojo/dojo/lessons'
import { renderText } from '@socket-dojo/dojo/report/text'
import { asRoot, find, isInstalled } from '@socket-dojo/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attacks, layOutAttack } from './attacks.ts'
import type { Class, Result } from './result.ts'

const possible = asRoot && isInstalled('bwrap') && isInstalled('unshare')
const all = attacks()
const groups = [...new Set(all.map(({ group }) => group))]
const lesson = findLesson('lesson-2')

test.skipIf(possible)('attacks are tried as root, with bubblewrap', ({ skip }) => skip())

/**
 * Every attack in one batch, each group with a right and a wrong control. The batch runs in a PID namespace and with a
 * /tmp of its own, so that all that is left of it in the end can be counted.
 */
describe.runIf(possible)('attacks', () => {
  const results = new Map<string, Result>()
  let folder: string
  let left: string
  let reached = 0

  beforeAll(async () => {
    mkdirSync(join(root, '.cache'), { recursive: true })
    folder = mkdtempSync(join(root, '.cache/attacks-'))
    for (const one of all) layOutAttack(one, at('submissions', nameOf(one.name)))
    for (const group of groups) {
      control(group, 'right', 'solutions')
      control(group, 'wrong', 'exercises')
    }
    writeFileSync(at('secret.txt'), 'canary-of-the-host')
    const bait = createServer(() => (reached += 1)).listen(43_991, '127.0.0.1')
    left = await grade()
    bait.close()
    const theClass = JSON.parse(readFileSync(at('grades/class.json'), 'utf8')) as Class
    for (const result of theClass.results) results.set(result.learner.id, result)
  }, 1_500_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(all)('$name', ({ name, loses, status }) => {
    const result = results.get(nameOf(name))!
    const { checks, fault } = result.report
    const lost = checks.flatMap(({ outcome, failure }) =>
      outcome === 'failed' ? [failure!.what.en] : [],
    )
    const found = { points: result.points, status: result.status, fault }
    expect(found, lost.join('\n')).toEqual({
      points: result.maximum - loses,
      status,
      fault: undefined,
    })
  })

  test.each(groups)('the controls beside %s get exactly what they earned', (group) => {
    const [right, wrong] = ['right', 'wrong'].map((kind) =>
      results.get(nameOf(`${group}/control-${kind}`))!,
    )
    expect([right!.points, right!.status]).toEqual([right!.maximum, 'graded'])
    expect([wrong!.points, wrong!.status]).toEqual([0, expect.not.stringMatching('grader_error')])
  })

  test('none has reached or read what is not its own', () => {
    expect(reached).toBe(0)
    const stolen = [...results.values()].flatMap(
      ({ report }) => JSON.stringify(report).match(/STOLEN-\d+[^"\\]*/g) ?? [],
    )
    expect(stolen.length).toBeGreaterThan(0) // They told, so they would have told of more.
    expect(stolen.filter((told) => !told.startsWith('STOLEN-0'))).toEqual([])
    expect(JSON.stringify([...results.values()])).not.toMatch(
      /canary-of-the-|kit\.shared|\.test\.ts/,
    )
  })

  test('none has left a process or a file behind', () => {
    expect(left.trim()).toBe('processes:\nfiles:')
  })

  test('none commands who reads its report', () => {
    for (const { report } of results.values()) {
      const printed = renderText(report, { language: 'en', colour: false })
      // eslint-disable-next-line no-control-regex
      expect(printed).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/)
      expect(printed).not.toMatch(/^(::|##vso)/m)
    }
  })

  function control(group: string, kind: string, place: string): void {
    const target = at('submissions', nameOf(`${group}/control-${kind}`), lesson.name)
    cpSync(submissionFolder(lesson, place), target, { recursive: true })
    appendFileSync(join(target, 'echo.ts'), '// canary-of-the-neighbour\n')
  }

  /** Resolves with the processes and files that are left. */
  async function grade(): Promise<string> {
    const script = `mount -t tmpfs none /tmp && mount -t tmpfs none /dev/shm && "$@" >&2
      echo processes:; ps -eo pid,args --no-headers | grep -v -e '^ *1 ' -e 'ps -eo' -e 'grep -v'
      echo files:; find /tmp /dev/shm -mindepth 1 -not -path '/tmp/node-compile-cache*'`
    const command = [
      process.execPath,
      join(root, 'packages/dojo/dojo.mjs'),
      'grade',
      at('submissions'),
    ]
    const options = ['--out', at('grades'), '--lesson', 'lesson-2', '--jobs', '3']
    const child = spawn(
      find('unshare'),
      [
        '--mount',
        '--pid',
        '--fork',
        '--mount-proc',
        '--kill-child',
        'sh',
        '-c',
        script,
        'sh',
        ...command,
        ...options,
      ],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, CANARY: 'canary-of-the-environment' },
      },
    )
    const [said] = await Promise.all([text(child.stdout), once(child, 'exit')])
    return said
  }

  const at = (...names: string[]) => join(folder, ...names)
  const nameOf = (name: string) => name.replace('/', '--')
})
