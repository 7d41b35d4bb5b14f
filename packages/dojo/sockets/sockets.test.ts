import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { descendants } from '../../sandbox/processes.ts'
import { dojo, lacks, solution } from '../testing/dojo.ts'
import { Terminal } from '../testing/terminal.ts'
import type { SocketRow } from './kernel.ts'
import type { Look } from './render.ts'

vi.setConfig({ testTimeout: 120_000 })

const solutions = ['--in', 'solutions']

describe.skipIf(process.platform !== 'linux')('/proc', () => {
  test.skipIf(lacks('ss'))('TCP: the same as ss, field by field', async () => {
    const { pid, port } = await started('lesson-4-many-clients/registry.ts', '0')
    await Promise.all([client(port), client(port)])
    const ours = (await sockets(pid, 'lesson-4', 'registry')).filter(({ kind }) => kind === 'tcp')
    expect(ours.map(({ state }) => state)).toEqual(['LISTEN', 'ESTABLISHED', 'ESTABLISHED'])
    expect(ours).toEqual(ss('-tanpe', port).map(withoutBacklog))
  })

  test.skipIf(lacks('ss'))('UDP and IPv6: the same as ss, field by field', async () => {
    const udp = await started('lesson-3-udp/echo.ts', '0')
    const udpRows = (await sockets(udp.pid, 'lesson-3', 'echo')).filter(
      ({ kind }) => kind === 'udp',
    )
    expect(udpRows).toEqual(ss('-uanpe', udp.port))
    const six = await started('lesson-4-many-clients/registry.ts', '0', '::1')
    await client(six.port, '::1')
    const sixRows = (await sockets(six.pid, 'lesson-4', 'registry')).filter(
      ({ kind }) => kind === 'tcp6',
    )
    expect(sixRows).toHaveLength(2)
    expect(sixRows).toEqual(ss('-tanpe', six.port).map(withoutBacklog))
  })

  test('what waits to be read is counted, and a connection that nobody holds has no descriptor', async () => {
    const { pid, port } = await started('lesson-4-many-clients/registry.ts', '0')
    const socket = await client(port)
    socket.write('X')
    await once(socket.resume(), 'end')
    socket.end()
    // The server closed first: its side stays in TIME_WAIT, and belongs to nobody.
    await expect
      .poll(async () => (await sockets(pid, 'lesson-4', 'registry')).at(-1), { timeout: 20_000 })
      .toMatchObject({ fd: null, state: 'TIME_WAIT', remote: `127.0.0.1:${socket.localPort}` })
  })

  test('a program that start runs is found, and its watcher is not taken for it', async () => {
    const run = dojo('start', ...solutions, 'lesson-3', 'echo', '0')
    await run.says(/^listening/m)
    const command = dojo('sockets', '--once', '--json', ...solutions, 'lesson-3')
    expect(await command.exited).toBe(0)
    const looks = JSON.parse(command.stdout) as Look[]
    const family = descendants(run.pid).map(({ pid }) => pid)
    const ours = looks.filter(({ pid }) => family.includes(pid))
    expect(ours).toHaveLength(1)
    expect(ours[0]!.sockets.map(({ kind }) => kind)).toContain('udp')
  })

  test('nothing runs: it says how to start it', async () => {
    const run = dojo('sockets', 'lesson-1', 'pipeline', '--once')
    expect(await run.exited).toBe(1)
    expect(run.stderr).toContain('pnpm dojo start lesson-1 pipeline')
  })

  test('each change is a table more where it is no terminal', async () => {
    const { port } = await started('lesson-2-tcp-server/echo.ts', '0')
    const watch = dojo('sockets', 'lesson-2', 'echo', ...solutions)
    await watch.says(/LISTEN/)
    await client(port)
    await watch.says(/ESTABLISHED {2}0 +0/)
    expect(watch.stdout.match(/LISTEN/g)!.length).toBeGreaterThan(1)
    expect(watch.stdout).not.toContain('\x1b')
  })

  test.skipIf(lacks('tmux'))(
    'in a terminal the table is written anew in place, 40 columns wide',
    async () => {
      const terminal = new Terminal({ columns: 40 })
      await terminal.dojo('sockets lesson-2 echo --in solutions')
      await terminal.shows(/No such program is running/)
      const { port } = await started('lesson-2-tcp-server/echo.ts', '0')
      await terminal.shows(/LISTEN/)
      await client(port)
      await terminal.shows(/ESTA/)
      expect(terminal.screen).not.toContain('No such program')
      expect(terminal.screen.match(/LISTEN/g)).toHaveLength(1)
      terminal.press('C-c')
      await terminal.prompt()
    },
  )
})

/** Starts a program of a solution, and waits until it listens. */
async function started(path: string, ...args: string[]) {
  const run = solution(path, ...args)
  const [, port] = await run.says(/^listening on \S+:(\d+)$/m)
  return { pid: run.pid, port: Number(port) }
}

async function client(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(port, host)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** What the command says of one process: others may run the same program. */
async function sockets(of: number, ...words: string[]): Promise<SocketRow[]> {
  const command = dojo('sockets', '--once', '--json', ...solutions, ...words)
  expect(await command.exited).toBe(0)
  const looks = JSON.parse(command.stdout) as Look[]
  return looks.find(({ pid }) => pid === of)!.sockets
}

/** The sockets with a local port, as ss(8) has them: `State Recv-Q Send-Q Local Peer users:((…,pid=1,fd=2)) … ino:3`. */
function ss(options: string, port: number): SocketRow[] {
  const output = execFileSync('ss', [options, '-H', `sport = ${port}`], { encoding: 'utf8' })
  const rows = output
    .trim()
    .split('\n')
    .map((line) => {
      const [state = '', receiving, sending, local = '', remote = ''] = line.split(/\s+/)
      const field = (pattern: RegExp) => Number(pattern.exec(line)?.[1])
      const six = local.startsWith('[') ? '6' : ''
      return {
        fd: field(/fd=(\d+)/),
        kind: `${options.startsWith('-t') ? 'tcp' : 'udp'}${six}` as SocketRow['kind'],
        local,
        remote: remote.replace(/^0\.0\.0\.0:\*$/, '0.0.0.0:0').replace(/^\[::\]:\*$/, '[::]:0'),
        state: { ESTAB: 'ESTABLISHED' }[state] ?? state,
        receiveQueue: Number(receiving),
        sendQueue: Number(sending),
        inode: field(/ino:(\d+)/),
      }
    })
  return rows.toSorted((a, b) => a.fd - b.fd)
}

/** Of a socket that listens ss has from elsewhere how many connections may wait; /proc/net/tcp does not tell. */
const withoutBacklog = (row: SocketRow) => (row.state === 'LISTEN' ? { ...row, sendQueue: 0 } : row)
