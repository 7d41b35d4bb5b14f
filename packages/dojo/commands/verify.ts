import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { say } from '../language.ts'
import { root } from '../lessons.ts'

/** What a task of the verification leaves in `.cache/verify/`: how many of its tests passed and failed. */
export interface Tally {
  passed: number
  failed: number
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
  const env = {
    ...process.env,
    TURBO_TELEMETRY_DISABLED: '1',
    FORCE_COLOR: process.env.NO_COLOR ? '0' : '1',
  }
  const turbo = spawn(join(root, 'node_modules/.bin/turbo'), words, {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  const [status] = (await once(turbo, 'exit')) as [number | null]
  const tallies = results()
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
  const failed = Math.max(sum('failed'), status === 0 ? 0 : 1)
  console.log(`${sum('passed')} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

/** All tasks of `turbo.json`. */
function tasks(): string[] {
  const config = JSON.parse(readFileSync(join(root, 'turbo.json'), 'utf8')) as { tasks: object }
  return Object.keys(config.tasks).map((name) => name.replace('//#', ''))
}

/** What each task came to: its own count where it keeps one, else one test that is its exit status. */
function results(): Tally[] {
  const [run] = existsSync(join(root, '.turbo/runs')) ? readdirSync(join(root, '.turbo/runs')) : []
  if (!run) return []
  const summary = JSON.parse(readFileSync(join(root, '.turbo/runs', run), 'utf8')) as Summary
  return summary.tasks.map(({ directory, outputs, execution }) => {
    const succeeded = execution?.exitCode === 0
    const [path] = globSync(outputs ?? [], { cwd: join(root, directory ?? '') })
    if (path === undefined) return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
    const counted = JSON.parse(readFileSync(join(root, directory ?? '', path), 'utf8')) as
      | Tally
      | VitestResult
    const { passed, failed } =
      'passed' in counted
        ? counted
        : { passed: counted.numPassedTests, failed: counted.numFailedTests }
    return { passed, failed: Math.max(failed, succeeded ? 0 : 1) }
  })
}

/** What we read of turbo's summary of a run. */
interface Summary {
  tasks: {
    directory?: string
    outputs?: string[] | null
    execution?: { exitCode: number | null }
  }[]
}

/** What we read of vitest's JSON report. */
interface VitestResult {
  numPassedTests: number
  numFailedTests: number
}
