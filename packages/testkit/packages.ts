import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { findPackageJSON, stripTypeScriptTypes } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'

/**
 * Puts packages of the course, and all that they depend on, where a submission finds them by their names: into a
 * `node_modules` folder. Whatever runs is copied, types stripped; sources and texts are left out.
 *
 * Our own are linked from there, as in the learner's checkout: a Node that a program starts itself strips types again,
 * and refuses to in a `node_modules` folder.
 */
export function addPackages(target: string, names: string[]): void {
  const copied = new Set<string>()
  const add = (name: string, from: string) => {
    const manifest = locate(name, from)
    if (copied.has(name) || manifest === undefined) return
    copied.add(name)
    if (manifest.includes('/node_modules/')) copyRunnable(dirname(manifest), join(target, name))
    else link(join(target, name), dirname(manifest), join(dirname(target), 'packages', name))
    for (const dependency of needs(manifest)) add(dependency, manifest)
  }
  for (const name of names) {
    if (locate(name, root) === undefined)
      throw new Error(
        `Expected the package ${name} of lesson.ts, found none: add it to package.json`,
      )
    add(name, root)
  }
}

/** From here the learner's own runs find them, too. */
const root = join(import.meta.dirname, '../../package.json')

/** Its package.json; undefined where it is not installed, as binaries for other systems are not. */
function locate(name: string, from: string): string | undefined {
  try {
    const manifest = findPackageJSON(name, from)
    return manifest === undefined ? undefined : realpathSync(manifest)
  } catch {
    return undefined
  }
}

function needs(manifest: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(manifest, 'utf8'),
  ) as Record<string, Record<string, string>>
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

function link(path: string, source: string, target: string): void {
  copyRunnable(source, target)
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(relative(dirname(path), target), path)
}

function copyRunnable(source: string, target: string): void {
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)]
    if (entry.isDirectory() && entry.name !== 'node_modules') copyRunnable(from, to)
    else if (entry.isFile() && runs.test(entry.name)) copy(from, to)
  }
}

function copy(from: string, to: string): void {
  if (!existsSync(dirname(to))) mkdirSync(dirname(to), { recursive: true })
  if (extname(from) !== '.ts') return copyFileSync(from, to)
  writeFileSync(to, stripTypeScriptTypes(readFileSync(from, 'utf8')))
}

const runs = /(?<!\.d|\.test)\.(ts|js|cjs|mjs|json|node)$/
