import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { basename } from 'node:path'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'

/**
 * Each experiment still shows what is recorded beside it, and what the pages say. `vitest run docs/experiments -u` records
 * anew: then read what has changed, and the pages that show it.
 */
describe.runIf(process.platform === 'linux')('an experiment shows what is recorded', () => {
  for (const file of globSync(`${import.meta.dirname}/*.ts`).filter((path) => !isTest(path))) {
    test(basename(file, '.ts'), async (context) => {
      const { status, stdout, stderr } = await run(file)
      context.skip(status === 77, stderr.trim())
      expect(stderr).toBe('')
      expect(status).toBe(0)
      await expect(stdout).toMatchFileSnapshot(file.replace(/\.ts$/, '.txt'))
    })
  }
})

test('each record has its experiment', () => {
  const names = (extension: string) =>
    globSync(`${import.meta.dirname}/*${extension}`)
      .filter((path) => !isTest(path))
      .map((path) => basename(path, extension))
      .toSorted()
  expect(names('.txt')).toEqual(names('.ts'))
})

async function run(file: string) {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts')
}
