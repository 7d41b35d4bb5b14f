/** Each pipeline has a thread of its own: what a call opens, nobody else knows of. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { pipe } from '@socket-dojo/posix'

export interface PipelineOptions {
  stdin?: Buffer | string
  stdout?: { path: string; append?: boolean }
}

export interface PipelineResult {
  statuses: (number | null)[]
  signals: (string | null)[]
  stdout: Buffer
  stderr: Buffer
}

export function runPipeline(
  commands: string[][],
  options: PipelineOptions = {},
): Promise<PipelineResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { commands, options } })
    worker.once('error', reject)
    worker.once('message', ({ value, code }) =>
      worker.once('exit', () => {
        if (code !== undefined) reject(Object.assign(new Error(`open: ${code}`), { code }))
        else
          resolve({
            ...value,
            stdout: Buffer.from(value.stdout),
            stderr: Buffer.from(value.stderr),
          })
      }),
    )
  })
}

async function run(commands: string[][], options: PipelineOptions): Promise<PipelineResult> {
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
  return spawn(file, args, { stdio: [input, output, 'pipe'] })
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

if (!isMainThread) {
  const { commands, options } = workerData
  run(commands, options).then(
    (value) => parentPort!.postMessage({ value }),
    ({ code }) => parentPort!.postMessage({ code }),
  )
}
