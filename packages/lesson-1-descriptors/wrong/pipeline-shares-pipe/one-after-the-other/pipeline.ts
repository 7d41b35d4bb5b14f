import { execFile } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'

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

export async function runPipeline(
  commands: string[][],
  { stdin = '', stdout }: PipelineOptions = {},
): Promise<PipelineResult> {
  const result: PipelineResult = {
    statuses: [],
    signals: [],
    stdout: Buffer.from(stdin),
    stderr: Buffer.alloc(0),
  }
  if (stdout) (stdout.append ? appendFileSync : writeFileSync)(stdout.path, '')
  for (const command of commands) {
    const { status, signal, output, errors } = await runOne(command, result.stdout)
    result.statuses.push(status)
    result.signals.push(signal)
    result.stdout = output
    result.stderr = Buffer.concat([result.stderr, errors])
  }
  if (stdout && commands.length > 0) {
    appendFileSync(stdout.path, result.stdout)
    result.stdout = Buffer.alloc(0)
  }
  return result
}

interface One {
  status: number | null
  signal: string | null
  output: Buffer
  errors: Buffer
}

function runOne([file, ...args]: string[], input: Buffer): Promise<One> {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: Infinity } as const
    const child = execFile(file!, args, options, (error, output, errors) => {
      const status = error?.code === 'ENOENT' ? 127 : (child.exitCode ?? null)
      resolve({ status, signal: child.signalCode, output, errors })
    })
    child.stdin!.on('error', () => {})
    child.stdin!.end(input)
  })
}
