import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type PipelineOptions, runPipeline } from '../../solutions/lesson-1-descriptors/pipeline.ts'

const hasBash = has('bash')
const hasStrace = process.platform === 'linux' && has('strace') && straceWorks()

describe.skipIf(!hasBash)(`the same as bash${hasBash ? '' : ' (bash is missing)'}`, () => {
  test.for<[name: string, commands: string[][]]>([
    ['one command', [['echo', 'hello']]],
    ['three commands', [['printf', 'c\\nb\\na\\n'], ['sort'], ['head', '-n', '2']]],
    [
      'words that a shell would change',
      [['printf', '<%s>\\n', 'two  words', '$HOME', '*', "it's", '']],
    ],
    ['statuses', [['sh', '-c', 'exit 3'], ['true'], ['sh', '-c', 'exit 9']]],
    ['a writer that nobody reads', [['yes'], ['head', '-n', '1']]],
    ['a command that is not found', [['true'], ['no-such-command-here'], ['wc', '-l']]],
    ['a signal', [['sh', '-c', 'kill -TERM $$'], ['cat']]],
    ['a writer that comes later', [['sh', '-c', '(sleep 0.1; echo late) & echo early'], ['cat']]],
    [
      'stderr',
      [
        ['sh', '-c', 'echo message >&2; echo data'],
        ['wc', '-l'],
      ],
    ],
  ])('%s', async ([, commands]) => {
    const ours = await runPipeline(commands)
    const theirs = bash(commands)
    expect(inShellTerms(ours)).toEqual(theirs.statuses)
    expect(ours.stdout.equals(theirs.stdout)).toBe(true)
  })

  test.for([false, true])('into a file, append: %s', async (append) => {
    const [ours, theirs] = [temporary('before\n'), temporary('before\n')]
    const commands = [['printf', 'b\\na\\n'], ['sort']]
    const result = await runPipeline(commands, { stdout: { path: ours, append } })
    expect(inShellTerms(result)).toEqual(bash(commands, { path: theirs, append }).statuses)
    expect(readFileSync(ours, 'utf8')).toBe(readFileSync(theirs, 'utf8'))
  })

  test('binary data through stdin', async () => {
    const stdin = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256))
    const commands = [['cat'], ['cat']]
    const { stdout } = await runPipeline(commands, { stdin })
    expect(stdout.equals(bash(commands, undefined, stdin).stdout)).toBe(true)
  })
})

describe.skipIf(!hasStrace)(
  `system calls${hasStrace ? '' : ' (strace is missing or may not trace)'}`,
  () => {
    const commands = [['cat'], ['cat'], ['cat']]

    test('one pipe for each joint and one program for each stage, as in bash', () => {
      const ours = trace([process.execPath, solution, 'cat', '|', 'cat', '|', 'cat'])
      const idle = trace([process.execPath, solution, 'cat'])
      const theirs = trace(['bash', '-c', line(commands)])
      expect(theirs.pipes).toBe(2)
      expect(theirs.programs).toBe(1 + 3)
      // Node has some of its own: what two stages more cost is counted.
      expect(ours.programs - idle.programs).toBe(2)
      expect(ours.pipes - idle.pipes).toBe(2 * pipesOfSpawn + 2)
      // Each stage gets its ends as 0 and 1, like in bash.
      expect(ours.copies - idle.copies).toBeGreaterThanOrEqual(2)
      expect(theirs.copies).toBeGreaterThanOrEqual(4)
    })
  },
)

const solution = join(import.meta.dirname, '../../solutions/lesson-1-descriptors/pipeline.ts')

/** libuv learns by a pipe of its own whether execve(2) has succeeded in a child. */
const pipesOfSpawn = 1

function bash(commands: string[][], file?: PipelineOptions['stdout'], input: Buffer | string = '') {
  const redirect = file ? ` >${file.append ? '>' : ''}${quote(file.path)}` : ''
  const script = `${line(commands)}${redirect}; echo "\${PIPESTATUS[@]}" >&3`
  const { stdout, output } = spawnSync('bash', ['-c', script], {
    input,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  return { stdout, statuses: String(output[3]).trim().split(' ').map(Number) }
}

/** A shell has one number for both: 128 + n for a signal. */
function inShellTerms({ statuses, signals }: Awaited<ReturnType<typeof runPipeline>>): number[] {
  const numbers: Record<string, number> = { SIGPIPE: 13, SIGTERM: 15 }
  return statuses.map((status, index) => status ?? 128 + (numbers[signals[index] ?? ''] ?? NaN))
}

/** How often these calls were made, by a program and its children. */
function trace(command: string[]) {
  const path = temporary('')
  const calls = 'pipe,pipe2,dup2,dup3,execve'
  execFileSync('strace', ['-f', '-o', path, '-e', `trace=${calls}`, ...command], {
    stdio: 'ignore',
  })
  const lines = readFileSync(path, 'utf8').split('\n')
  const itself = lines[0]!.split(' ')[0]!
  // A call that another process interrupted is shown in two lines: the second has the result.
  const count = (call: string, by = '') => {
    const pattern = new RegExp(`^${by}.*\\b${call}(\\(| resumed>).*= \\d+$`)
    return lines.filter((text) => pattern.test(text)).length
  }
  return { pipes: count('pipe2?', itself), copies: count('dup[23]'), programs: count('execve') }
}

function straceWorks(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
}

function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
}

const line = (commands: string[][]) =>
  commands.map((words) => words.map(quote).join(' ')).join(' | ')

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

/** A file that is removed when the test is over. */
function temporary(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'peers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}
