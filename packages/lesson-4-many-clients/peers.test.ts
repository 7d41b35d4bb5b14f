/** Programs that nobody here wrote talk to the solution, or look at the same sockets: where they agree, it is right. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { netTable, type Row } from '../../solutions/lesson-4-many-clients/net-table.ts'
import { startRegistry } from '../../solutions/lesson-4-many-clients/registry.ts'

const solution = join(import.meta.dirname, '../../solutions/lesson-4-many-clients')

describe.skipIf(lacks('ss') || process.platform !== 'linux')('ss', () => {
  test('shows the same TCP sockets as netTable(), field by field', async () => {
    const ports = await someSockets()
    // Sockets of others come and go while one looks: only our own are compared.
    const ours = (rows: string[]) =>
      rows.filter((row) => ports.some((port) => row.includes(`:${port} `)))
    await expect
      .poll(() => difference(ours(compact(netTable())), ours(fromSs())), { timeout: 5_000 })
      .toEqual({ only: [], notThere: [] })
    expect(ours(fromSs()).length).toBeGreaterThanOrEqual(6)
  })

  test('shows the same sessions as the registry, by both ends', async () => {
    const registry = await startRegistry({ host: '::', port: 0 })
    onTestFinished(() => registry.close())
    const { port } = registry.address
    for (const host of ['127.0.0.1', '127.0.0.2', '::1']) await client(port, host)
    await expect.poll(() => registry.sessions().length).toBe(3)
    const lines = ss('-tnH', `sport = ${port}`).map((line) => line.trim().split(/\s+/))
    const ends = lines.map(([, , , local, remote]) => `${plain(local)} ${plain(remote)}`)
    const sessions = registry.sessions().map(({ local, remote }) => `${local} ${remote}`)
    expect(sessions.toSorted()).toEqual(ends.toSorted())
  })
})

describe.skipIf(lacks('socat'))('socat', () => {
  test('twenty of them are twenty sessions, and each is told its own ends', async () => {
    const port = await listening()
    const clients = Array.from({ length: 20 }, () =>
      start('socat', ['-u', `TCP:127.0.0.1:${port}`, '-']),
    )
    const observer = await client(port, '127.0.0.1')
    await expect.poll(() => ask(observer, 'C')).toBe('21\n')
    for (const child of clients.splice(0, 10)) child.kill('SIGKILL')
    await expect.poll(() => ask(observer, 'C')).toBe('11\n')
    const [from, answer] = [15_000 + (process.pid % 5_000), 'W\nX\n']
    const told = spawnSync(
      'socat',
      ['-t', '5', '-', `TCP:127.0.0.1:${port},sourceport=${from},reuseaddr`],
      { input: answer },
    )
    expect(String(told.stdout)).toBe(`127.0.0.1:${port} 127.0.0.1:${from}\nbye\n`)
  })
})

describe.skipIf(lacks('python3'))('python3', () => {
  test('fifty threads of one process are fifty sessions', async () => {
    const port = await listening()
    const python = start('python3', ['-c', threads, port])
    const [told] = await Promise.all([text(python.stdout!), once(python, 'exit')])
    expect(told).toBe('50 sessions, 50 ends as getsockname tells them, then 1\n')
  })
})

const threads = `
import socket, sys, threading
port = int(sys.argv[1])
def ask(s, command, end=b"\\n"):
    s.sendall(command)
    answer = b""
    while not answer.endswith(end):
        answer += s.recv(100)
    return answer.decode()
ready, done = threading.Barrier(50), threading.Barrier(50)
counts, right = [], []
def client():
    s = socket.create_connection(("127.0.0.1", port))
    mine = ask(s, b"W")
    right.append(mine == "%s:%d %s:%d\\n" % (s.getpeername() + s.getsockname()))
    ready.wait()
    counts.append(ask(s, b"C"))
    done.wait()
    ask(s, b"X", b"bye\\n")
    s.close()
all = [threading.Thread(target=client) for _ in range(50)]
for t in all: t.start()
for t in all: t.join()
last = ask(socket.create_connection(("127.0.0.1", port)), b"C")
print("%s sessions, %d ends as getsockname tells them, then %s" % (set(counts).pop().strip(), sum(right), last.strip()))
`

/** Sockets of our own: listening ones, connections, and bytes that wait. */
async function someSockets(): Promise<number[]> {
  const ports: number[] = []
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer({ pauseOnConnect: true }).listen(0, host)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const accepted = once(server, 'connection') as Promise<[Socket]>
    const socket = await client(port, host)
    const [other] = await accepted
    onTestFinished(() => void other.destroy())
    socket.write(Buffer.alloc(500))
    ports.push(port)
  }
  return ports
}

/** What one of the two has alone. */
const difference = (mine: string[], theirs: string[]) => ({
  only: mine.filter((row) => !theirs.includes(row)),
  notThere: theirs.filter((row) => !mine.includes(row)),
})

const fields = ({ local, remote, state, rxq, txq, pid, fd }: Row) =>
  [local, remote, state, rxq, txq, pid ?? '-', fd ?? '-'].join(' ')

/** What ss tells too: it tells no UDP here, and of a listening socket its backlog instead of a queue. */
function compact(rows: Row[]): string[] {
  return rows
    .filter(({ proto }) => proto.startsWith('tcp'))
    .map(({ local, remote, ...row }) => ({ ...row, local: short(local), remote: short(remote) }))
    .map((row) => fields(row.state === 'LISTEN' ? { ...row, txq: 0 } : row))
    .toSorted()
}

function fromSs(): string[] {
  return ss('-tanpH')
    .flatMap((line): Row[] => {
      const [state = '', rxq, txq, local = '', remote = '', users = ''] = line.trim().split(/\s+/)
      const row = {
        proto: 'tcp' as const,
        state: (states[state] ?? state) as Row['state'],
        rxq: Number(rxq),
        txq: state === 'LISTEN' ? 0 : Number(txq),
        local: short(endpoint(local)),
        remote: short(endpoint(remote)),
        inode: 0,
      }
      const holders = [...users.matchAll(/pid=(\d+),fd=(\d+)/g)]
      if (holders.length === 0) return [{ ...row, pid: undefined, fd: undefined }]
      return holders.map(([, pid, fd]) => ({ ...row, pid: Number(pid), fd: Number(fd) }))
    })
    .map(fields)
    .toSorted()
}

/** `*:80` is both families, and a port of `*` is none yet; a scope is no part of the address. */
function endpoint(shown: string): string {
  return shown.replace(/%\w+/, '').replace(/^\*:/, '[::]:').replace(/:\*$/, ':0')
}

/** An IPv6 address in its shortest notation. */
function short(shown: string): string {
  const [, address, port] = /^\[(.*)\]:(\d+)$/.exec(shown) ?? []
  return address === undefined ? shown : `${new URL(`http://[${address}]`).hostname}:${port}`
}

/** As the registry writes an IPv4 address that an IPv6 socket sees. */
const plain = (shown = '') => shown.replace(/^\[::ffff:([\d.]+)\]/, '$1')

/** ss has names of its own for the states. */
const states: Record<string, string> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'TIME-WAIT': 'TIME_WAIT',
  UNCONN: 'CLOSE',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
}

const ss = (...args: string[]) =>
  execFileSync('ss', args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim() !== '')

async function client(port: number | string, host: string): Promise<Socket> {
  const socket = connect(Number(port), host)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

async function ask(socket: Socket, command: string): Promise<string> {
  socket.write(command)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return String(answer)
}

/** The registry as a program; returns its port. */
async function listening(): Promise<string> {
  const child = start(process.execPath, [join(solution, 'registry.ts'), '0'])
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return /listening on 127\.0\.0\.1:(\d+)/.exec(String(line))![1]!
}

function start(file: string, args: string[]): ChildProcess {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** A program that is not installed here. */
function lacks(program: string): boolean {
  return (
    spawnSync(program, ['--version']).error !== undefined &&
    spawnSync(program, ['-V']).error !== undefined
  )
}
