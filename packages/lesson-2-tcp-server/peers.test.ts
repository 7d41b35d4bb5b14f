/** Programs that nobody here wrote talk to the solution: where they agree with it, it is right. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'

const solution = join(import.meta.dirname, '../../solutions/lesson-2-tcp-server')

describe.skipIf(lacks('socat'))('socat', () => {
  test('has everything echoed to it, after a half-close too', async () => {
    const { port } = await listening('echo.ts', '0')
    const binary = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 256))
    const echoed = spawnSync('socat', ['-t', '5', '-', `TCP:127.0.0.1:${port}`], { input: binary })
    expect(echoed.stdout.equals(binary)).toBe(true)
  })

  test('is asked by exchange()', async () => {
    const server = start('socat', ['-d', '-d', 'TCP-LISTEN:0,bind=127.0.0.1', 'SYSTEM:tr a-z A-Z'])
    const port = await said(server.stderr!, /listening on AF=2 127\.0\.0\.1:(\d+)/)
    const { exchange } = (await import(
      join(solution, 'exchange.ts')
    )) as typeof import('../../solutions/lesson-2-tcp-server/exchange.ts')
    expect(String(await exchange('127.0.0.1', Number(port), Buffer.from('shout')))).toBe('SHOUT')
  })
})

describe.skipIf(lacks('nc'))('nc', () => {
  test('is greeted, and its address printed; the server ends after the last', async () => {
    const { child, port, lines } = await listening('hello-server.ts', '0', '3')
    const exit = once(child, 'exit')
    for (let client = 0; client < 3; client++) {
      expect(String(execFileSync('nc', ['-N', '127.0.0.1', port], { input: '' }))).toBe(
        'Hello World!',
      )
    }
    expect(await exit).toEqual([0, null])
    expect(lines().filter((line) => /^127\.0\.0\.1:\d+$/.test(line))).toHaveLength(3)
  })

  test('has its words printed by hello-client', async () => {
    const port = await freePort()
    const server = start('nc', ['-v', '-l', '-N', '127.0.0.1', port])
    server.stdin!.end('from nc')
    await said(server.stderr!, /(Listening)/)
    const client = spawnSync(process.execPath, [
      join(solution, 'hello-client.ts'),
      '127.0.0.1',
      port,
    ])
    expect(String(client.stdout)).toBe('from nc')
    expect(client.status).toBe(0)
  })
})

test.skipIf(lacks('curl'))('curl, by its telnet protocol, is echoed', async () => {
  const { port } = await listening('echo.ts', '0')
  const curl = start('curl', ['-sN', `telnet://127.0.0.1:${port}`])
  curl.stdin!.write('through curl\n')
  expect(await said(curl.stdout!, /(.*)\n/)).toBe('through curl')
})

test.skipIf(lacks('python3'))('a client in Python is greeted', async () => {
  const { port } = await listening('hello-server.ts', '0', '1')
  const code = `import socket; s = socket.create_connection(('127.0.0.1', ${port})); print(s.recv(4096).decode(), s.recv(1))`
  expect(String(execFileSync('python3', ['-c', code])).trim()).toBe("Hello World! b''")
})

test.skipIf(lacks('strace'))(
  'the kernel sees the calls in their order: socket, bind, listen, accept, write, shutdown',
  async () => {
    const traced = ['-f', '-e', 'trace=socket,bind,listen,accept4,write,shutdown', process.execPath]
    const server = start('strace', [...traced, join(solution, 'hello-server.ts'), '0', '1'])
    const trace = text(server.stderr!)
    const port = await said(server.stdout!, /listening on 127\.0\.0\.1:(\d+)/)
    const client = start('python3', [
      '-c',
      `import socket; s = socket.create_connection(('127.0.0.1', ${port})); s.recv(99); s.recv(1)`,
    ])
    await once(client, 'exit')
    const calls = (await trace)
      .split('\n')
      .filter((line) => /AF_INET|listen\(|accept4\(.* = \d|Hello|SHUT_WR/.test(line))
    expect(calls.map((line) => /(\w+)\(/.exec(line)?.[1])).toEqual([
      'socket',
      'bind',
      'listen',
      'accept4',
      'write',
      'shutdown',
    ])
  },
)

/** Starts a program of the solution, and waits until it listens. */
async function listening(file: string, ...args: string[]) {
  const child = start(process.execPath, [join(solution, file), ...args])
  let output = ''
  child.stdout!.on('data', (piece) => (output += piece))
  const port = await said(child.stdout!, /listening on 127\.0\.0\.1:(\d+)/)
  return { child, port, lines: () => output.split('\n') }
}

/** A port that was free a moment ago, for a program that cannot tell which one the kernel chose. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return String(port)
}

function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args)
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Resolves with the first group of a pattern, once a stream has printed it. */
function said(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    stream.on('data', (piece) => {
      output += piece
      const found = pattern.exec(output)?.[1]
      if (found !== undefined) resolve(found)
    })
    stream.on('end', () =>
      reject(new Error(`Expected ${pattern}, found ${JSON.stringify(output)}`)),
    )
  })
}

function lacks(command: string): boolean {
  return spawnSync('which', [command]).status !== 0
}
