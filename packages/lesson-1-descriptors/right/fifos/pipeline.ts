/**
 * Pipes with names: the stages meet at FIFOs in a folder of their own, which a shell opens for each of them. This
 * process never has an end of any pipe, so it has none to close.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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
  options: PipelineOptions = {},
): Promise<PipelineResult> {
  if (options.stdout) closeSync(openSync(options.stdout.path, options.stdout.append ? 'a' : 'w'))
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-'))
  const place = (name: string) => join(folder, name)
  try {
    const fifos = commands.slice(1).map((_, index) => place(`fifo-${index}`))
    if (fifos.length > 0) execFileSync('mkfifo', fifos)
    // The ends of the whole are plain files.
    writeFileSync(place('stdin'), options.stdin ?? '')
    writeFileSync(place('stdout'), '')
    writeFileSync(place('stderr'), '')
    const paths = [place('stdin'), ...fifos, options.stdout?.path ?? place('stdout')]
    const children = commands.map((command, index) =>
      spawn('sh', ['-c', script, paths[index]!, paths[index + 1]!, place('stderr'), ...command], {
        stdio: 'ignore',
      }),
    )
    const ends = await Promise.all(children.map(ended))
    return {
      statuses: ends.map(({ status }) => status),
      signals: ends.map(({ signal }) => signal),
      stdout: readFileSync(place('stdout')),
      stderr: readFileSync(place('stderr')),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const script = 'exec <"$0" >>"$1" 2>>"$2"; shift 2; exec "$@"'

function ended(child: ChildProcess) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | null
    signal: string | null
  }>()
  child.once('error', reject)
  child.once('exit', (status, signal) => resolve({ status, signal }))
  return promise
}
