import { once } from 'node:events'
import { connect } from 'node:net'
import { createSocket } from 'node:dgram'
import { text } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { descendants } from '../../sandbox/processes.ts'
import { dojo, type Run, lacks } from '../testing/dojo.ts'
import { Terminal } from '../testing/terminal.ts'
import { Reader } from './event.ts'

vi.setConfig({ testTimeout: 120_000 })

const solutions = ['--in', 'solutions']

describe.skipIf(lacks('strace'))('strace', () => {
  test('the story of the echo server of lesson 2, whole', async () => {
    const run = dojo('trace', ...solutions, 'lesson-2', 'echo', '0')
    const port = await listening(run)
    const client = connect(port, '127.0.0.1')
    client.end('hello')
    expect(await text(client)).toBe('hello')
    await run.says(/^close/m)
    process.kill(run.pid, 'SIGINT')
    await run.exited
    expect(masked(run.stdout)).toMatchInlineSnapshot(`
      "socket(AF_INET, SOCK_STREAM) = #1  a TCP socket for IPv4, descriptor #1
      setsockopt(#1, SO_REUSEADDR, 1) = 0  may have a port that was only just left
      bind(#1, 127.0.0.1:0) = 0  has this address, and a port that the kernel chose
      listen(#1, 511) = 0  takes connections now; 511 may wait
      getsockname(#1) = 0  its address is 127.0.0.1:#2
      accept4(#1) = #3  127.0.0.1:#4 has a descriptor of its own, #3
      read(#3) = 5  received "hello"
      write(#3, "hello") = 5  5 bytes handed to the kernel
      read(#3) = 0  the other side has finished sending (FIN)
      shutdown(#3, SHUT_WR) = 0  we have finished sending (FIN)
      close(#3) = 0  #3 is free again
      SIGINT  ended by this signal
      "
    `)
  })

  test('a port that is taken has its name', async () => {
    const port = await listening(dojo('trace', ...solutions, 'lesson-2', 'echo', '0'))
    const second = dojo('trace', ...solutions, 'lesson-2', 'echo', String(port))
    expect(await second.exited).toBe(1)
    expect(second.stdout).toMatch(
      /^(bind|listen)\(.*= -1 EADDRINUSE +somebody has this address and port already$/m,
    )
  })

  test('UDP: datagrams with their senders', async () => {
    const run = dojo('trace', ...solutions, 'lesson-3', 'echo', '0')
    const port = await listening(run)
    const client = createSocket('udp4')
    client.send('hi', port, '127.0.0.1')
    expect(String((await once(client, 'message'))[0])).toBe('hi')
    await run.says(/^sendmsg\(\d+, "hi"\) = 2 +a datagram to 127\.0\.0\.1:\d+$/m)
    await run.says(/^recvmsg\(\d+\) = 2 +a datagram from 127\.0\.0\.1:\d+: "hi"$/m)
    expect(run.stdout).toMatch(/^socket\(AF_INET, SOCK_DGRAM\)/)
    client.close()
  })

  test('pipes: pipe2 in the parent, dup2 and execve in each child, and how they end', async () => {
    const run = dojo('trace', ...solutions, 'lesson-1', 'pipeline', 'yes', '|', 'head', '-n', '1')
    expect(await run.exited).toBe(0)
    const lines = run.stdout.split('\n')
    expect(lines[0]).toMatch(/^pipe2\(\[\d+, \d+\]\) = 0/)
    const [yes, head] = lines.flatMap((line) => /^fork\(\) = (\d+)/.exec(line)?.[1] ?? [])
    const of = (pid: string | undefined) =>
      lines
        .flatMap((line) => /^\[(\d+)\] (\w+)/.exec(line)?.slice(1) ?? [])
        .join(' ')
        .split(`${pid} `)
        .slice(1)
        .map((rest) => rest.split(' ')[0])
    expect(of(yes)).toEqual(['dup2', 'dup2', 'execve', 'SIGPIPE'])
    expect(of(head)).toEqual(['dup2', 'dup2', 'dup2', 'execve', 'exit'])
  })

  test("--raw shows Node's own calls too", async () => {
    const run = dojo('trace', '--raw', ...solutions, 'lesson-2', 'hello-client', '127.0.0.1', '1')
    expect(await run.exited).toBe(1)
    expect(run.stdout).toMatch(/epoll_create1\(/)
    expect(run.stdout).toMatch(/connect\(.*ECONNREFUSED|EINPROGRESS/)
  })

  test('SIGTERM leaves nothing running', async () => {
    const run = dojo('trace', ...solutions, 'lesson-2', 'echo', '0')
    await listening(run)
    const family = descendants(run.pid)
    expect(family.length).toBeGreaterThan(2)
    process.kill(run.pid, 'SIGTERM')
    await run.exited
    expect(family.filter(({ pid, started }) => isAlive(pid, started))).toEqual([])
  })

  test.skipIf(lacks('tmux'))(
    'in a terminal of 40 columns; Ctrl-C ends the program, and the story tells',
    async () => {
      const terminal = new Terminal({ columns: 40 })
      await terminal.dojo('trace --in solutions 2 echo 0')
      await terminal.shows(/listen\(\d+, 511\) = 0\n {4}takes connections now/)
      terminal.press('C-c')
      await terminal.shows(/SIGINT\n {4}ended by this signal/)
      await terminal.prompt()
    },
  )
})

test('without strace it says how to install it', async () => {
  const run = dojo.in({ PATH: '/nowhere' }, 'trace', 'lesson-2', 'echo')
  expect(await run.exited).toBe(2)
  expect(run.stderr).toMatch(/strace/)
  expect(run.stdout).toBe('')
})

describe('a line of strace', () => {
  const read = (...lines: string[]) => {
    const reader = new Reader()
    return lines.flatMap((line) => reader.read(line) ?? [])
  }

  test('is split at the commas that are in nothing', () => {
    const line =
      '7 write(22<TCP:[127.0.0.1:1->127.0.0.1:2]>, "a\\", (b", 5) = -1 EPIPE (Broken pipe)'
    expect(read(line)).toEqual([
      {
        ...{ kind: 'call', pid: 7, name: 'write', result: '-1' },
        args: ['22<TCP:[127.0.0.1:1->127.0.0.1:2]>', '"a\\", (b"', '5'],
        error: { code: 'EPIPE', text: 'Broken pipe' },
      },
    ])
  })

  test('is joined where another thread has cut it', () => {
    const lines = [
      '7 read(5,  <unfinished ...>',
      '8 close(4) = 0',
      '7 <... read resumed>"x", 9) = 1',
    ]
    expect(
      read(...lines).map((event) => event.kind === 'call' && [event.pid, event.name, event.args]),
    ).toEqual([
      [8, 'close', ['4']],
      [7, 'read', ['5', '"x"', '9']],
    ])
  })

  test('tells how a process has ended', () => {
    expect(read('7 +++ exited with 3 +++', '8 +++ killed by SIGSEGV (core dumped) +++')).toEqual([
      { kind: 'end', pid: 7, by: 3 },
      { kind: 'end', pid: 8, by: 'SIGSEGV' },
    ])
  })
})

async function listening(run: Run): Promise<number> {
  return Number((await run.says(/listening on 127\.0\.0\.1:(\d+)/))[1])
}

/** One rule: every number of two digits or more, save the address and the backlog, by the order in which it first stands there. */
function masked(story: string): string {
  const seen: string[] = []
  return story
    .replaceAll(/\b(?!127\b|511\b)\d{2,}\b/g, (number) => {
      if (!seen.includes(number)) seen.push(number)
      return `#${seen.indexOf(number) + 1}`
    })
    .replaceAll(/ {2,}/g, '  ')
}

function isAlive(pid: number, started: string): boolean {
  return descendants(pid).some((one) => one.pid === pid && one.started === started)
}
