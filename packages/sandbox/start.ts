import { spawn, type StdioOptions } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { bwrapCommand, mountPoint, nodeInside } from './bwrap.ts'
import { BwrapTree } from './bwrap-tree.ts'
import { type Caps, caps, heapMegabytes } from './caps.ts'
import { find } from './libraries.ts'
import { plainCommand } from './plain.ts'
import { markName, PlainTree } from './plain-tree.ts'
import type { Profile } from './profile.ts'
import { Running } from './running.ts'

/** A Node program to start. */
export interface Program {
  /** Host directory that it may read; it sees it as `/dojo` where the profile has a file system of its own. */
  directory: string
  /** Its working directory, relative to `directory`. Default: `directory` itself. */
  cwd?: string
  /** Paths of CommonJS modules to preload, relative to `directory`. */
  preload?: string[]
  /** The module to run, relative to `cwd`, and its arguments. */
  main: string
  arguments?: string[]
  /** Its whole environment besides HOME and PATH. */
  environment?: Record<string, string>
  /** Opens a two-way channel as its file descriptor 3. */
  channel?: boolean
  /** Lets it see and start the system's own commands. */
  commands?: boolean
  /** Caps that differ from the usual. The kernel's own (memory, processes, files) cannot differ. */
  caps?: Partial<Pick<Caps, 'time' | 'output'>>
}

/**
 * Starts a program under a profile. It runs from now on, whatever becomes of it: an early end is its exit, never an exception.
 * @throws {SandboxFault} when something that the sandbox itself needs is missing.
 */
export function start(program: Program, profile: Profile): Running {
  const { directory, cwd = '.', commands = false } = program
  const inside = profile === 'bwrap' ? mountPoint : realpathSync(directory)
  const command = [
    profile === 'bwrap' ? nodeInside : process.execPath,
    `--max-old-space-size=${heapMegabytes}`,
    ...(program.preload ?? []).flatMap((path) => ['--require', join(inside, path)]),
    join(inside, cwd, program.main),
    ...(program.arguments ?? []),
  ]
  const environment = {
    HOME: '/tmp',
    PATH: `${dirname(command[0]!)}:/usr/bin:/bin`,
    ...program.environment,
  }
  // 0 to 2 as everywhere; 3 is the channel; on 4 the preloaded module tells that Node has begun.
  const stdio: StdioOptions = ['pipe', 'pipe', 'pipe', program.channel ? 'pipe' : 'ignore', 'pipe']
  const limits = { ...caps, ...program.caps }

  if (profile === 'plain') {
    const [file, ...args] = plainCommand(command)
    const mark = randomUUID()
    const child = spawn(file!, args, {
      cwd: join(inside, cwd),
      env: { ...environment, [markName]: mark },
      stdio,
      detached: true, // A process group of its own, so that a signal reaches its children too.
    })
    return new Running(child, limits, inside, new PlainTree(child, mark))
  }
  const shut = bwrapCommand({ directory, command, commands, cwd: join(mountPoint, cwd) })
  const through = ['--json-status-fd', '5', '--args', '6', '--seccomp', '7']
  const child = spawn(find('bwrap'), [...through, ...shut.command], {
    env: environment,
    stdio: [...stdio, 'pipe', 'pipe', 'pipe'],
  })
  return new Running(child, limits, inside, new BwrapTree(child, shut.options))
}
