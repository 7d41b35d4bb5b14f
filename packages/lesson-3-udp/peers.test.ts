/** The reference solution against programs that others wrote. A program that is missing is named, and skipped. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'

const solution = join(import.meta.dirname, '../../solutions/lesson-3-udp')
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

const python = has('python3')

test.skipIf(!has('socat'))('echo answers socat', async () => {
  const { port } = await listening(['echo.ts', '0'])
  expect(await answerOf('socat', ['-t', '1', '-', `UDP:127.0.0.1:${port}`], 'hello\n')).toBe(
    'hello\n',
  )
})

test.skipIf(!python)("udp-server prints what the article's client in Python sends", async () => {
  const { server, port, lines } = await listening(['udp-server.ts', '0', '5'])
  const client = `
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    for _ in range(5):
        s.sendto(b'Hello World!', ('127.0.0.1', ${port}))
`
  await Promise.all([run('python3', ['-c', client]), once(server, 'exit')])
  expect(server.exitCode).toBe(0)
  expect(lines.slice(1)).toEqual(Array(5).fill('Hello World!'))
})

test.skipIf(!python)("udp-client is heard by the article's server in Python", async () => {
  const program = `
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.bind(('127.0.0.1', 0))
    print('listening on 127.0.0.1:%d' % s.getsockname()[1], flush=True)
    for _ in range(3):
        print(s.recvfrom(1024)[0].decode(), flush=True)
`
  const { server, port, lines } = await ready(start('python3', ['-c', program]))
  const args = [join(solution, 'udp-client.ts'), '127.0.0.1', String(port), 'one', '', 'three']
  await Promise.all([run(process.execPath, args), once(server, 'exit')])
  expect(lines.slice(1)).toEqual(['one', '', 'three'])
})

test.skipIf(!python)(
  'a short buffer of the peer cuts a datagram, and leaves the next whole',
  async () => {
    const { port } = await listening(['echo.ts', '0'])
    const client = `
import socket
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(5)
    s.sendto(b'hello', ('127.0.0.1', ${port}))
    s.sendto(b'next', ('127.0.0.1', ${port}))
    print(s.recv(2).decode(), s.recv(100).decode())
`
    expect(await run('python3', ['-c', client])).toBe('he next\n')
  },
)

test.skipIf(!has('ss'))('ss shows the socket of echo, and nobody at its other end', async () => {
  const { port } = await listening(['echo.ts', '0'])
  const shown = await run('ss', ['-uanH', `sport = ${port}`])
  expect(shown).toContain(`127.0.0.1:${port}`)
  expect(shown).toMatch(/UNCONN .*0\.0\.0\.0:\*/)
})

function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function start(file: string, args: string[]): ChildProcess {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

/** Starts a program of the solution, and waits until it says where it listens. */
const listening = ([file, ...args]: string[]) =>
  ready(start(process.execPath, [join(solution, file!), ...args]))

async function ready(server: ChildProcess) {
  const lines: string[] = []
  const input = createInterface({ input: server.stdout! })
  input.on('line', (line) => lines.push(line))
  await once(input, 'line')
  return { server, lines, port: Number(/:(\d+)$/.exec(lines[0]!)?.[1]) }
}

async function run(file: string, args: string[]): Promise<string> {
  return answerOf(file, args, '')
}

async function answerOf(file: string, args: string[], input: string): Promise<string> {
  const child = start(file, args)
  child.stdin!.end(input)
  return text(child.stdout!)
}
