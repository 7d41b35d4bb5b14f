/** Every command to try that a recorded report prints and that starts a program by `pnpm dojo start` works as printed. */
import { spawn, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { chooseProfile, inOwnNamespaces } from '@socket-dojo/sandbox'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { root } from '../lessons.ts'
import { lacks } from '../testing/dojo.ts'

vi.setConfig({ testTimeout: 180_000 })

const tools = ['nc', 'socat', 'ss', 'od', 'pgrep', 'bash']
const missing = tools.filter(lacks)
const { profile } = await chooseProfile('auto')

// Each in a network and PID namespace of its own: all use the same port, and whatever they start ends with them.
describe.skipIf(profile === 'plain' || missing.length > 0)('as printed', () => {
  test.each(commands())('%s', async (block) => {
    const { started, others } = await run(block)
    expect(started).not.toHaveLength(0)
    for (const output of started) {
      expect(output).toMatch(/^listening on|^Talk to|^status 0$|ECONNREFUSED|is taken|^┌/m)
      expect(output).not.toMatch(/There is no|unknown option|is not recognized/)
    }
    for (const [line, output] of others) {
      // Nobody listens on 127.0.0.2 where a program has 127.0.0.1 alone: that is what this shows.
      const shown = line.includes('127.0.0.2') ? output.replaceAll(/.*refused.*/gi, '') : output
      expect(`${line}\n${shown}`).not.toMatch(failure)
    }
  })
})

test('the reports have such commands', () => {
  expect(commands().length).toBeGreaterThan(10)
  expect(spawnSync('bash', ['-n', driver]).status).toBe(0)
})

/** What the reports print under `try`: the lines that start the same programs, followed by every other line that goes with them. */
function commands(): string[] {
  const reports = globSync('packages/lesson-*/wrong/*/*/report.en.txt', { cwd: root })
  const blocks = reports.map(tryLines).filter((lines) => lines.some(isStart))
  const groups = Map.groupBy(blocks, (lines) => lines.filter(runsBeside).join('\n'))
  return [...groups]
    .map(([starts, all]) => {
      const others = all.flatMap((lines) => lines.filter((line) => !runsBeside(line)))
      return [starts, ...new Set(others)].join('\n')
    })
    .toSorted()
}

const isStart = (line: string) => line.startsWith('pnpm dojo start ')
/** A program that a learner gives a terminal of its own. */
const runsBeside = (line: string) => isStart(line) || /^nc .*-l /.test(line)

function tryLines(path: string): string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n')
  const at = lines.findIndex((line) => /^ +try {2,}\S/.test(line))
  if (at < 0) return []
  const indent = /^ +try +/.exec(lines[at]!)![0].length
  const after = lines.slice(at + 1).findIndex((line) => !line.startsWith(' '.repeat(indent)))
  return lines.slice(at, at + 1 + after).map((line) => line.slice(indent))
}

/** How a shell and its tools say that a command cannot be what was meant. */
const failure = /usage:|invalid|not found|cannot access|syntax error|refused/i

const driver = join(import.meta.dirname, 'try.sh')

/** What each program printed that was started, and each other line with what it printed. */
async function run(block: string) {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-try-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const dojo = join(root, 'packages/dojo/dojo.mjs')
  const lines = join(folder, 'lines')
  writeFileSync(lines, `${block}\n`)
  const [file, ...args] = inOwnNamespaces(['bash', driver, process.execPath, dojo, lines])
  const child = spawn(file!, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  const parts = (await text(child.stdout)).split(/^=== /m).slice(1)
  const outputs = parts.map((part) => {
    const end = part.indexOf('\n')
    return [part.slice(0, end), part.slice(end + 1)] as const
  })
  return {
    started: outputs.flatMap(([line, output]) =>
      line.startsWith('pnpm dojo start') ? output : [],
    ),
    others: outputs.filter(([line]) => !runsBeside(line)),
  }
}
