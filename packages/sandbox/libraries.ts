import { spawnSync } from 'node:child_process'
import { accessSync, constants, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SandboxFault } from './fault.ts'

/**
 * Where a program is, links resolved: an absolute path stays, a name is looked up in PATH.
 * @throws {SandboxFault} when there is no such program.
 */
export function find(name: string): string {
  const path = found.get(name) ?? lookUp(name)
  if (path === undefined) throw new SandboxFault(`${name} is not installed`)
  found.set(name, path)
  return path
}
const found = new Map<string, string>()

/** Whether there is such a program in PATH. */
export function isInstalled(name: string): boolean {
  return lookUp(name) !== undefined
}

/**
 * The shared libraries, with their loader, that a program is linked to: asked of the loader itself, as ldd(1) does
 * (LD_TRACE_LOADED_OBJECTS, ld.so(8)), without starting the program.
 * @throws {SandboxFault} when the loader does not answer.
 */
export function libraries(program: string): string[] {
  let paths = linked.get(program)
  if (paths === undefined) linked.set(program, (paths = askLoader(program)))
  return paths
}
const linked = new Map<string, string[]>()

function lookUp(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const candidates = name.includes('/') ? [name] : folders.map((folder) => join(folder, name))
  const path = candidates.find(isExecutable)
  return path === undefined ? undefined : realpathSync(path)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function askLoader(program: string): string[] {
  const { stdout, status } = spawnSync(program, {
    env: { LD_TRACE_LOADED_OBJECTS: '1' },
    encoding: 'utf8',
    input: '',
  })
  if (status !== 0)
    throw new SandboxFault(
      `Expected the loader to list the libraries of ${program}, found status ${status}`,
    )
  return stdout.match(/\/\S+(?= \(0x)/g) ?? []
}
