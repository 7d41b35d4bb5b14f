import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type LessonPlace, lessons, root } from '../lessons.ts'
import { starterFolder } from '../starter.ts'
import { bundle } from './bundle.ts'

/**
 * Writes the learner's edition into a folder: what a learner reads, edits and runs, each suite as one bundled file, and
 * a workflow that grades on push. Solutions, samples and whatever only instructors use are not in it. It is a workspace
 * of its own, whose lock file is still that of this one: `pnpm install --lockfile-only` cuts it down.
 */
export async function writeEdition(folder: string): Promise<void> {
  for (const name of rootFiles) copy(name, folder)
  for (const name of toolPackages()) copy(join('packages', name), folder)
  for (const name of forInstructors)
    rmSync(join(folder, 'packages/dojo', name), { recursive: true, force: true })
  for (const lesson of lessons()) await writeLesson(lesson, folder)
  cpSync(join(import.meta.dirname, 'files'), folder, { recursive: true })
  for (const name of readdirSync(join(folder, 'packages'))) cutPackage(folder, name)
  cutRoot(folder)
}

/** `docs` without what builds the site of it. */
const rootFiles = [
  '.editorconfig',
  '.gitattributes',
  '.gitignore',
  'LICENSE',
  'docs/src/content',
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'tsconfig.json',
]

/** What of the command line makes no sense without solutions and samples, or without a class. */
const forInstructors = [
  'ast.ts',
  'bench',
  'export.ts',
  'mutants.ts',
  'parse.ts',
  'publish',
  'samples.ts',
  'similar.ts',
  'solution.ts',
  ...[
    'bench',
    'bench-class',
    'class',
    'grade',
    'mutate',
    'prove',
    'publish',
    'solution',
    'stress',
    'verify',
  ].map((name) => `commands/${name}.ts`),
]

/** Packages that lessons are judged and learnt with. */
function toolPackages(): string[] {
  const names = lessons().map(({ name }) => name)
  return readdirSync(join(root, 'packages')).filter(
    (name) => name !== 'batch' && !names.includes(name),
  )
}

function copy(name: string, folder: string): void {
  const from = join(root, name)
  if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true, filter: isForLearners })
}

/** Neither what is installed or left behind, nor what tests the tool itself. */
function isForLearners(path: string): boolean {
  return !/\.test\.ts$|^(node_modules|\.cache|\.turbo|fixtures|testing)$/.test(basename(path))
}

/** A lesson without its samples: its suite as one file, and what that starts beside the submission as one file each. */
async function writeLesson(lesson: LessonPlace, folder: string): Promise<void> {
  const { name, folder: from } = lesson
  const place = join('packages', name)
  for (const file of ['package.json', 'lesson.ts', 'hints.ts', 'starter'])
    copy(join(place, file), folder)
  cpSync(starterFolder(lesson), join(folder, 'exercises', name), { recursive: true })
  const suite = join(folder, place, 'suite')
  put(join(suite, 'index.test.js'), await bundle(join(from, 'suite/index.test.ts')))
  const inside = join(from, 'suite/inside')
  for (const file of existsSync(inside) ? readdirSync(inside) : [])
    put(join(suite, 'inside', file), await bundle(join(inside, file)))
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A package.json without scripts, and without what it depends on for tests only, or what is not in the edition. */
function cutPackage(folder: string, name: string): void {
  const path = join(folder, 'packages', name, 'package.json')
  const { scripts: _, devDependencies: __, dependencies = {}, ...rest } = readManifest(path)
  const left = Object.entries(dependencies).filter(([dependency]) => {
    const [, ours] = /^@socket-dojo\/(.+)$/.exec(dependency) ?? []
    return ours === undefined || existsSync(join(folder, 'packages', ours))
  })
  put(path, toJson({ ...rest, dependencies: Object.fromEntries(left) }))
}

/** The root's package.json with the scripts and tools that a learner has a use for. */
function cutRoot(folder: string): void {
  const path = join(folder, 'package.json')
  const { scripts = {}, devDependencies = {}, ...rest } = readManifest(path)
  const only = (from: Record<string, string>, names: string[]) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
  put(
    path,
    toJson({
      ...rest,
      scripts: only(scripts, ['test', 'dojo']),
      devDependencies: only(devDependencies, learnersTools),
    }),
  )
}

const learnersTools = ['@socket-dojo/posix', '@types/node', 'node', 'typescript']

interface Manifest {
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const readManifest = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Manifest

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
