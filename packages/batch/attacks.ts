import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findLesson, submissionFolder } from '@socket-dojo/dojo/lessons'
import type { Status } from './result.ts'

/** A hostile or faulty submission for lesson 2, with what has to be reported for it. */
export interface Attack {
  /** `process/exits-at-import` */
  name: string
  group: string
  /** Takes the place of that file of the solution, or goes in front of it. */
  kind: 'instead of' | 'before'
  file: string
  /** The points of the lesson that it does not get; all others were earned by the solution's files. */
  loses: number
  status: Status
  source: string
}

/** All attacks: a folder each group, a file each attack, whose first line says what has to be reported. */
export function attacks(): Attack[] {
  const groups = readdirSync(folder)
  return groups.flatMap((group) =>
    readdirSync(join(folder, group)).map((file) => read(group, file)),
  )
}

const folder = join(import.meta.dirname, 'attacks')

function read(group: string, name: string): Attack {
  const source = readFileSync(join(folder, group, name), 'utf8')
  const [, kind, file, loses, status] =
    /^\/\/ (instead of|before) (\S+): loses (\d+), (\w+)\n/.exec(source) ?? []
  if (status === undefined)
    throw new Error(`Expected ${group}/${name} to begin with what has to be reported`)
  return {
    name: `${group}/${name.replace(/\.ts$/, '')}`,
    group,
    kind: kind as Attack['kind'],
    file: file!,
    loses: Number(loses),
    status: status as Status,
    source,
  }
}

/** Makes a submission of it in a folder: the solution's other files, and files that a grader should never read. */
export function layOutAttack({ kind, file, source }: Attack, parent: string): void {
  const lesson = findLesson('lesson-2')
  const target = join(parent, lesson.name)
  cpSync(submissionFolder(lesson, 'solutions'), target, { recursive: true })
  const rest = kind === 'before' ? readFileSync(join(target, file), 'utf8') : 'export {}\n'
  writeFileSync(join(target, file), `${source}\n${rest}`)
  for (const [name, content] of Object.entries(bait)) writeFileSync(join(target, name), content)
}

/** Configuration of a learner's own, for tools that would obey it. */
const bait = {
  'package.json':
    '{"type":"commonjs","scripts":{"test":"exit 0","preinstall":"exit 0"},"exports":"./forged.js"}',
  'tsconfig.json': '{"extends":"/etc/hostname","compilerOptions":{"plugins":[{"name":"forged"}]}}',
  'vitest.config.ts': 'process.exit(0)',
  '.npmrc': 'node-options=--require=./forged.js',
  'forged.js': 'process.exit(0)',
}
