import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { root } from '../lessons.ts'
import { unsupported } from '../platform.ts'
import { dojo, lacks } from '../testing/dojo.ts'
import { everyLinuxTool } from './findings.ts'
import { installCommand } from './install.ts'

vi.setConfig({ testTimeout: 120_000 })

test('what is needed is there: exit status 0', async () => {
  const run = dojo('doctor')
  expect(await run.exited).toBe(0)
  expect(run.stdout).toMatch(/✓ Node \d+/)
})

test('what is missing is named with the command that installs it, and is no failure', async () => {
  const run = dojo.in({ PATH: '/nowhere' }, 'doctor')
  expect(await run.exited).toBe(0)
  expect(run.stdout).toMatch(/– socat +missing: talks/)
  expect(run.stdout).toMatch(/To install what is missing:\n .*socat/)
})

test.skipIf(lacks('unshare'))('a machine without a loopback: exit status 1', () => {
  // In a network namespace of its own the loopback is down, until somebody brings it up.
  const words = [process.execPath, join(root, 'packages/dojo/dojo.mjs'), 'doctor']
  const { status, stdout } = spawnSync(
    'unshare',
    ['--user', '--map-root-user', '--net', ...words],
    {
      encoding: 'utf8',
      env: { ...process.env, LANG: 'C.UTF-8' },
    },
  )
  expect(stdout).toMatch(/✗ 127\.0\.0\.1 +MISSING, needed/)
  expect(status).toBe(1)
})

test.each([
  ['apt-get', 'sudo apt-get install bubblewrap strace netcat-openbsd iproute2 socat'],
  ['dnf', 'sudo dnf install bubblewrap strace netcat iproute socat'],
  ['brew', 'brew install bwrap strace netcat ss socat'],
] as const)('%s has its own names of packages', (manager, command) => {
  expect(installCommand(['bwrap', 'strace', 'nc', 'ss', 'socat'], manager)).toBe(command)
})

test('the dev container has everything that doctor asks for', () => {
  const container = readFileSync(join(root, '.devcontainer/Dockerfile'), 'utf8')
  const [, , ...packages] = installCommand(everyLinuxTool, 'apt-get').split(' ').slice(1)
  for (const name of packages) expect(container).toMatch(new RegExp(`\\b${name}\\b`))
})

test('a learner on Windows is led to WSL by name, in one sentence', () => {
  const said = unsupported('win32')
  expect(said?.en).toMatch(/^[^.]*\bWSL\b[^.]*\.$/)
  expect(said?.ja).toMatch(/WSL/)
  expect(unsupported('linux')).toBe(undefined)
  expect(unsupported('darwin')).toBe(undefined)
})
