/**
 * Every stage is started by a shell that moves the ends of the pipes from 3 and 4 to 0 and 1, closes them there, and
 * then becomes the command. A command that is not found is the shell's 127.
 */
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
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

export async function runPipeline(
  commands: string[][],
  { stdin = '', stdout }: PipelineOptions = {},
): Promise<PipelineResult> {
  const empty = Buffer.alloc(0)
  if (commands.length === 0) return { statuses: [], signals: [], stdout: empty, stderr: empty }
  const file = stdout && openSync(stdout.path, stdout.append ? 'a' : 'w')
  const pipes = commands.slice(1).map(() => pipe())
  const children = commands.map((command, index) => {
    const input = pipes[index - 1]?.[0] ?? 'ignore'
    const output = pipes[index]?.[1] ?? file ?? 'ignore'
    const read = input === 'ignore' ? '3<&-' : '<&3'
    const write = output === 'ignore' ? '4>&-' : '>&4 4>&-'
    return spawn('/bin/sh', ['-c', `exec "$@" ${read} ${write}`, 'sh', ...command], {
      stdio: ['pipe', 'pipe', 'pipe', input, output],
    })
  })
  for (const fd of pipes.flat()) closeSync(fd)
  if (file !== undefined) closeSync(file)

  const ends = children.map(
    (child) =>
      new Promise<[number | null, string | null]>((resolve, reject) => {
        child.on('error', reject)
        child.on('exit', (status, signal) => resolve([status, signal]))
      }),
  )
  const outputs = children.map((child, index) => {
    const [input, output] = child.stdio
    input!.on('error', () => {})
    input!.end(index === 0 ? stdin : undefined)
    return buffer(output!)
  })
  const errors = children.map((child) => buffer(child.stdio[2]!))
  const ended = await Promise.all(ends)
  return {
    statuses: ended.map(([status]) => status),
    signals: ended.map(([, signal]) => signal),
    stdout: (await Promise.all(outputs)).at(-1)!,
    stderr: Buffer.concat(await Promise.all(errors)),
  }
}
