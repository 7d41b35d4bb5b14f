import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Command } from 'commander'
import { say } from '../language.ts'
import { root } from '../lessons.ts'

/** What a task of the verification leaves in `.cache/verify/`. */
export interface Tally {
  /** How many passed. */
  passed: number
  /** Each that failed: its name, then lines that say why. */
  failures: string[]
}

/** `verify`: every test of the project. The tasks are those of `turbo.json`; turbo keeps what has not changed. */
export function command(): Command {
  return new Command('verify')
    .description(
      say({
        en: 'run every test of the project: format, lint, types, unused code, tests, proof of each lesson',
        ja: 'プロジェクトのすべてのテスト（整形・lint・型・未使用コード・テスト・各課の検証）を実行する',
      }),
    )
    .option('--force', say({ en: 'run also what has not changed', ja: '変更のないものも実行する' }))
    .action(verify)
}

async function verify({ force }: { force?: true }): Promise<void> {
  rmSync(join(root, '.turbo/runs'), { recursive: true, force: true })
  const words = [
    'run',
    ...tasks(),
    '--continue',
    '--summarize',
    '--concurrency=1', // Each task takes all processors by itself, and judges by time.
    '--output-logs=new-only',
    ...(force ? ['--force'] : []),
  ]
  const { FORCE_COLOR: _, ...rest } = process.env // Tests read what programs print: no colours where nobody looks.
  const env = { ...rest, TURBO_TELEMETRY_DISABLED: '1' }
  const turbo = spawn(join(root, 'node_modules/.bin/turbo'), words, {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  const [status] = (await once(turbo, 'exit')) as [number | null]
  const tallies = results()
  const failures = tallies.flatMap((tally) => tally.failures)
  // Again, since what turbo shows of them scrolled away long ago.
  for (const failure of failures) console.log(`✗ ${beginning(failure)}\n`)
  const passed = tallies.reduce((total, tally) => total + tally.passed, 0)
  const failed = Math.max(failures.length, status === 0 ? 0 : 1)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** All tasks of `turbo.json`. */
function tasks(): string[] {
  const config = JSON.parse(readFileSync(join(root, 'turbo.json'), 'utf8')) as { tasks: object }
  return Object.keys(config.tasks).map((name) => name.replace('//#', ''))
}

/** What failed and why, without the stack of others' code. */
function beginning(failure: string): string {
  const lines = failure.split('\n').filter((line) => !/^ +at .*node_modules/.test(line))
  return lines.length <= 20 ? lines.join('\n') : [...lines.slice(0, 20), '    …'].join('\n')
}

/** What each task came to: its own count where it keeps one, else one test that is its exit status. */
function results(): Tally[] {
  const [run] = existsSync(join(root, '.turbo/runs')) ? readdirSync(join(root, '.turbo/runs')) : []
  if (!run) return []
  const summary = JSON.parse(readFileSync(join(root, '.turbo/runs', run), 'utf8')) as Summary
  return summary.tasks.map(({ taskId, directory, outputs, execution }) => {
    const succeeded = execution?.exitCode === 0
    const alone = succeeded ? { passed: 1, failures: [] } : { passed: 0, failures: [taskId] }
    const [path] = globSync(outputs ?? [], { cwd: join(root, directory ?? '') })
    if (path === undefined) return alone
    const kept = JSON.parse(readFileSync(join(root, directory ?? '', path), 'utf8')) as
      | Tally
      | VitestResult
    const tally = 'passed' in kept ? kept : fromVitest(kept)
    return succeeded || tally.failures.length > 0 ? tally : { ...alone, passed: tally.passed }
  })
}

function fromVitest({ numPassedTests, testResults }: VitestResult): Tally {
  const failures = testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message ? [`${relative(root, name)}\n${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) =>
          `${relative(root, name)}: ${fullName}\n${failureMessages.join('\n')}`,
      ),
  ])
  return { passed: numPassedTests, failures }
}

/** What we read of turbo's summary of a run. */
interface Summary {
  tasks: {
    taskId: string
    directory?: string
    outputs?: string[] | null
    execution?: { exitCode: number | null }
  }[]
}

/** What we read of vitest's JSON report. */
interface VitestResult {
  numPassedTests: number
  testResults: {
    name: string
    /** Why the file itself failed; empty where it did not. */
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}
