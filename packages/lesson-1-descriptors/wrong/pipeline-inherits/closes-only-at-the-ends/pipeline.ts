/**
 * Runs `A | B | C > file` as a shell does: real processes, joined by real pipes.
 *
 *     node exercises/lesson-1-descriptors/pipeline.ts yes '|' head -n 1
 *
 *            ┌── A ──┐        ┌── B ──┐        ┌── C ──┐
 *     stdin ─┤0     1├─ pipe ─┤0     1├─ pipe ─┤0     1├─ stdout, or a file
 *            └───2───┘        └───2───┘        └───2───┘
 *                └───────── stderr ┴────────────────┘
 *
 * What to know:
 * - A child gets copies of the descriptors that it is given. Both copies then stand for the same open end of the pipe.
 * - The reader of a pipe sees the end of the stream when the last copy of its write end is closed, wherever that copy is.
 * - The writer of a pipe is ended by SIGPIPE when the last copy of its read end is closed.
 * - A pipe holds 64 KiB. A writer that is further ahead of its reader than that waits.
 * - What Node calls a pipe, `stdio: 'pipe'`, is a pair of sockets, and a stream in your process between them.
 *   Node has no pipe(2); the course has: `pipe()` makes one and returns its two descriptors.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipe } from '@socket-dojo/posix'

export interface PipelineOptions {
  /** What the first stage reads. Default: nothing, the end comes at once. */
  stdin?: Buffer | string
  /** A file that the last stage writes to, made if missing: from its beginning, or with `append` after what is there. */
  stdout?: { path: string; append?: boolean }
}

export interface PipelineResult {
  /** How each stage ended, in the order of the stages: its exit status; null where a signal ended it. */
  statuses: (number | null)[]
  /** The signal that ended it ('SIGPIPE'); null where it ended by itself. */
  signals: (string | null)[]
  /** What the last stage wrote, byte for byte; empty where that went to a file. */
  stdout: Buffer
  /** What all stages wrote to their stderr. */
  stderr: Buffer
}

/**
 * Runs the stages of a pipeline, all at the same time. Resolves when all of them have ended.
 *
 * - A stage is a command with its arguments, `['grep', '-c', 'two words']`. The command is looked up in PATH; the
 *   arguments reach it as they are, whatever is in them: no shell looks at them.
 * - Adjacent stages are joined by one pipe(2): nothing that goes through it passes through this process.
 *   `stdout.path` is opened before the stages start, and is descriptor 1 of the last one. A stage has no descriptors
 *   but 0, 1 and 2.
 * - A command that is not found has the status 127, as in a shell; the others run all the same.
 * - A stage that does not read all of its input is no error.
 * - Without stages nothing is run, and the lists are empty.
 * - When it has resolved or rejected, no descriptor that it opened is open.
 *
 * Rejects with the error of the system where the file cannot be opened ('ENOENT', 'EISDIR'); then no stage is started.
 */
export async function runPipeline(
  commands: string[][],
  options: PipelineOptions = {},
): Promise<PipelineResult> {
  if (commands.length === 0) return { statuses: [], signals: [], ...nothing }
  const ours: number[] = []
  const keep = (fd: number) => (ours.push(fd), fd)
  const stages: ChildProcess[] = []
  try {
    let output: Output = 'pipe'
    if (options.stdout)
      output = keep(openSync(options.stdout.path, options.stdout.append ? 'a' : 'w'))
    let input: Input = options.stdin === undefined ? 'ignore' : 'pipe'
    for (const command of commands.slice(0, -1)) {
      const [readFd, writeFd] = pipe().map(keep) as [number, number]
      stages.push(start(command, input, writeFd))
      input = readFd
    }
    stages.push(start(commands.at(-1)!, input, output))
  } finally {
    // The stages have their copies. Ours would keep every pipe open: no reader would see its end.
    for (const fd of ours) closeSync(fd)
  }
  const [first, last] = [stages[0]!, stages.at(-1)!]
  first.stdin?.on('error', () => {}) // EPIPE: it does not want to read more.
  first.stdin?.end(options.stdin)
  const [ends, stdout, ...errors] = await Promise.all([
    Promise.all(stages.map(ended)),
    readAll(last.stdout),
    ...stages.map(({ stderr }) => readAll(stderr)),
  ])
  return {
    statuses: ends.map(({ status }) => status),
    signals: ends.map(({ signal }) => signal),
    stdout,
    stderr: Buffer.concat(errors),
  }
}

type Input = number | 'pipe' | 'ignore'
type Output = number | 'pipe'

function start([file = '', ...args]: string[], input: Input, output: Output): ChildProcess {
  const [reads, writes] = [typeof input === 'number', typeof output === 'number']
  const move =
    reads && writes ? '<&3 >&4' : reads ? '<&3 3<&- 4>&-' : writes ? '>&4 3<&- 4>&-' : '3<&- 4>&-'
  const shell = ['-c', `exec "$@" ${move}`, 'sh', file, ...args]
  return spawn('sh', shell, {
    stdio: [
      reads ? 'ignore' : input,
      writes ? 'ignore' : output,
      'pipe',
      reads ? input : 'ignore',
      writes ? output : 'ignore',
    ],
  })
}

/** How a stage ends. One that could not be started has ended like in a shell. */
async function ended(stage: ChildProcess) {
  try {
    const [status, signal] = (await once(stage, 'exit')) as [number | null, string | null]
    return { status, signal }
  } catch (error) {
    return { status: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 127 : 126, signal: null }
  }
}

async function readAll(stream: Readable | null): Promise<Buffer> {
  return stream ? Buffer.concat(await stream.toArray()) : Buffer.alloc(0)
}

const nothing = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }

// `node pipeline.ts ls '|' wc -l` runs a pipeline given as arguments.
if (import.meta.main) {
  const commands: string[][] = [[]]
  for (const word of process.argv.slice(2)) {
    if (word === '|') commands.push([])
    else commands.at(-1)!.push(word)
  }
  const { stdout, stderr, ...ends } = await runPipeline(commands)
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  console.log(ends)
}
