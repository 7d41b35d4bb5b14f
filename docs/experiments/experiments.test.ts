import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const folder = import.meta.dirname

/**
 * Each experiment still shows what is recorded beside it, and on the pages. `vitest run docs/experiments -u` records anew:
 * then read what has changed, and the pages that tell of it.
 */
describe.runIf(process.platform === 'linux')('shows what is recorded', () => {
  for (const name of names('.ts')) {
    test(name, async (context) => {
      const { status, stdout, stderr } = await run(join(folder, `${name}.ts`))
      context.skip(status === skipped, stderr.trim())
      expect(stderr).toBe('')
      expect(status).toBe(0)
      await expect(stdout).toMatchFileSnapshot(join(folder, `${name}.txt`))
    })
  }
})

test('each record has its experiment', () => {
  expect(names('.txt')).toEqual(names('.ts'))
})

/** The status of a program that needs something that this system does not have: `lib/needs.ts`. */
const skipped = 77

function names(extension: string): string[] {
  const files = globSync(`*${extension}`, { cwd: folder, exclude: ['*.test.ts'] })
  return files.map((file) => basename(file, extension)).toSorted()
}

async function run(file: string) {
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    // Most of what an experiment takes is to be loaded; the same modules are loaded by all of them.
    env: {
      ...process.env,
      FORCE_COLOR: '0',
      NODE_COMPILE_CACHE: join(folder, '../../.cache/compile'),
    },
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}
