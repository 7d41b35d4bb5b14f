import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { bwrapCommand } from './bwrap.ts'
import { find, isInstalled } from './libraries.ts'
import { inOwnNamespaces } from './namespaces.ts'
import { seccompFilter } from './seccomp.ts'

/**
 * How a program is shut in.
 * - `bwrap`: own PID, user, mount and IPC namespaces, and a file system of Node, its libraries and the submission.
 * - `plain`: a child in a process group of its own, on any system; it can read what the user can read.
 */
export type Profile = 'bwrap' | 'plain'

export interface Choice {
  profile: Profile
  /** Why `bwrap` was not taken, in the words of the system. Absent where it was. */
  reason?: string
}

/** Finds out, by trying, which profile works here. Takes about 20 ms. `auto` prefers bwrap. */
export async function chooseProfile(wanted: 'auto' | Profile): Promise<Choice> {
  if (wanted === 'plain') return { profile: 'plain', reason: 'asked for' }
  const reason = await whyBwrapFails()
  return reason === undefined ? { profile: 'bwrap' } : { profile: 'plain', reason }
}

/** One sandbox inside one network of its own, exactly as in a grading, around a command that does nothing. */
async function whyBwrapFails(): Promise<string | undefined> {
  if (process.platform !== 'linux') return `bubblewrap needs Linux, this is ${process.platform}`
  for (const name of ['bwrap', 'unshare', 'prlimit'])
    if (!isInstalled(name)) return `${name} is not installed`
  const inner = bwrapCommand({ directory: '/', command: [find('prlimit'), '--version'] })
  const sandbox = [find('bwrap'), '--seccomp', '3', ...inner.options, ...inner.command]
  const [file, ...args] = inOwnNamespaces(sandbox)
  const probe = spawn(file!, args, { env: {}, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const filter = probe.stdio[3] as Writable
  filter.on('error', () => {}) // bwrap is gone: its exit tells why.
  filter.end(seccompFilter())
  const [said, [status]] = await Promise.all([text(probe.stderr!), once(probe, 'exit')])
  return status === 0 ? undefined : said.trim() || `bwrap ended with ${status}`
}
