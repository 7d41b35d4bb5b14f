/**
 * Everything is a pipe of our own, also around the stages: what goes in is written to one, what comes out is read
 * from others. The last stage is started first.
 */
import { spawn } from 'node:child_process'
import { closeSync, createReadStream, createWriteStream, openSync } from 'node:fs'
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
  { stdin, stdout }: PipelineOptions = {},
): Promise<PipelineResult> {
  const length = commands.length
  const statuses: (number | null)[] = Array.from({ length }, () => null)
  const signals: (string | null)[] = Array.from({ length }, () => null)
  const file = stdout === undefined ? undefined : openSync(stdout.path, stdout.append ? 'a' : 'w')
  const [outRead, outWrite] = pipe()
  const [errRead, errWrite] = pipe()
  const [inRead, inWrite] = pipe()
  const ends: Promise<void>[] = []

  let output = file ?? outWrite
  let between: number | undefined
  for (const [index, [command, ...words]] of [...commands.entries()].toReversed()) {
    const [readFd, writeFd] = index === 0 ? [inRead, undefined] : pipe()
    const child = spawn(command!, words, { stdio: [readFd, output, errWrite] })
    ends.push(
      new Promise((resolve) => {
        child.on('error', () => {
          statuses[index] = 127
          resolve()
        })
        child.on('exit', (status, signal) => {
          statuses[index] = status
          signals[index] = signal
          resolve()
        })
      }),
    )
    if (index > 0) closeSync(readFd)
    if (between !== undefined) closeSync(between)
    between = writeFd
    output = writeFd ?? output
  }
  for (const fd of [inRead, outWrite, errWrite, file]) if (fd !== undefined) closeSync(fd)

  const input = createWriteStream('', { fd: inWrite })
  input.on('error', () => {}) // EPIPE. The stream closes its descriptor all the same.
  input.end(stdin ?? '')
  const closed = new Promise((resolve) => input.on('close', resolve))
  const collected = Promise.all([collect(outRead), collect(errRead)])
  await Promise.all([...ends, closed])
  const [out, errors] = await collected
  return { statuses, signals, stdout: out, stderr: errors }
}

async function collect(fd: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of createReadStream('', { fd })) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
