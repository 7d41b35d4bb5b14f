import { copyFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import {
  type Address,
  check,
  hasIPv6,
  type Kit,
  kernelSockets,
  LearnerFault,
  type Text,
} from '@socket-dojo/testkit'
import { normal, type Row, rowsOf, run } from './table.ts'
import { written } from './registry-server.ts'

check(
  'table-kernel',
  {
    title: {
      en: 'the table tells the truth about real sockets',
      ja: '表は実際のソケットと一致する',
    },
    points: 2,
    restsOn: 'table-holders',
    why: {
      en: 'without an argument netTable() reads /proc: the sockets of this very system, as they are now',
      ja: '引数なしの netTable() は /proc を読みます。このシステムの、今のソケットです',
    },
    next: {
      en: 'compare with what ss prints at the same moment',
      ja: '同じときの ss の出力と比べてください',
    },
    try: [run, 'ss -tanp'],
  },
  async (kit) => {
    onlyLinux(kit)
    const module = await kit.shared.module('net-table.ts')
    rowsOf(kit, await module.ask('netTable')) // What is told now must not be told again later.
    for (const host of hasIPv6() ? ['127.0.0.1', '::1'] : ['127.0.0.1']) {
      const { ends, server } = await sockets(kit, host)
      await look(kit, async () => {
        const rows = rowsOf(kit, await module.ask('netTable'))
        const inodeOf = (local: number, remote: number, state: string) =>
          kernelSockets()!.find(
            (socket) =>
              socket.localPort === local && socket.remotePort === remote && socket.state === state,
          )?.inode
        const expectRow = (
          name: { en: string; ja: string },
          local: string,
          remote: string,
          state: string,
          more: Partial<Row>,
        ) => {
          const [own, peer] = [normal(local), normal(remote)]
          const row = rows.find((found) => found.local === own && found.remote === peer)
          const proto = host === '::1' ? 'tcp6' : 'tcp'
          const wanted = { proto, state, ...more }
          if (!row) {
            return kit.fail({
              en: `there is no row for ${name.en} on ${host}`,
              ja: `${host} にある${name.ja}の行がありません`,
            })
          }
          for (const [field, expected] of Object.entries(wanted)) {
            const found = row[field as keyof Row]
            if (found === expected) continue
            const values =
              field === 'inode'
                ? {
                    en: 'is not the one that the kernel tells',
                    ja: 'はカーネルが示すものと違います',
                  }
                : {
                    en: `is ${JSON.stringify(found)}, where ${JSON.stringify(expected)} was expected`,
                    ja: `は ${JSON.stringify(expected)} のはずが ${JSON.stringify(found)} です`,
                  }
            kit.fail({
              en: `${name.en} on ${host}: ${field} ${values.en}`,
              ja: `${host} にある${name.ja}: ${field} ${values.ja}`,
            })
          }
          // The grader's own process cannot be seen from inside a sandbox; without one, it can.
          if (row.pid === undefined || (row.pid === process.pid && row.inode !== 0)) return
          kit.fail(
            {
              en: `${name.en} on ${host} belongs to the grader, and netTable() says to another process`,
              ja: `${host} にある${name.ja}は採点プログラムのものですが、netTable() は別のプロセスのものとしています`,
            },
            {
              why: {
                en: 'a socket whose holder you cannot see has no pid: there is nothing else to tell it from',
                ja: '持ち主が見えないソケットに pid はありません。ほかから推測することはできません',
              },
            },
          )
        }
        const at = (address: Address) => written(address)
        const nowhere = host === '::1' ? '[::]:0' : '0.0.0.0:0'
        expectRow(
          { en: 'a listening socket', ja: '待ち受けソケット' },
          at(server),
          nowhere,
          'LISTEN',
          { inode: inodeOf(server.port, 0, 'LISTEN')! },
        )
        expectRow(
          { en: "the client's end of a connection", ja: '接続のクライアント側' },
          at(ends.client),
          at(server),
          'ESTABLISHED',
          { rxq: 0, txq: 0, inode: inodeOf(ends.client.port, server.port, 'ESTABLISHED')! },
        )
        expectRow(
          {
            en: "the server's end of a connection, where 1,000 bytes wait",
            ja: '1,000 バイトが待っている接続のサーバー側',
          },
          at(server),
          at(ends.client),
          'ESTABLISHED',
          { rxq: 1_000, inode: inodeOf(server.port, ends.client.port, 'ESTABLISHED')! },
        )
        // A kernel that has too many of them forgets some at once.
        if (inodeOf(ends.closed.port, server.port, 'TIME_WAIT') === undefined) return
        expectRow(
          { en: 'the end that was closed first', ja: '先に閉じた側' },
          at(ends.closed),
          at(server),
          'TIME_WAIT',
          { inode: 0, pid: undefined, fd: undefined },
        )
      })
    }
  },
)

check(
  'table-family',
  {
    title: {
      en: 'the table tells parent and child apart',
      ja: '表は親プロセスと子プロセスを見分ける',
    },
    points: 2,
    restsOn: 'table-shared',
    why: {
      en: 'a port belongs to a socket and not to a process: one port can have sockets of two processes, and one socket two holders',
      ja: 'ポートはプロセスではなくソケットに属します。1 つのポートに 2 つのプロセスのソケットがあることも、1 つのソケットを 2 つのプロセスが持つこともあります',
    },
    next: {
      en: 'compare with what ss -p prints, and with ls -l /proc/<pid>/fd of both processes',
      ja: 'ss -p の出力、両プロセスの ls -l /proc/<pid>/fd と比べてください',
    },
    try: [run, 'ss -tanp'],
  },
  async (kit) => {
    onlyLinux(kit)
    copyFileSync(
      join(import.meta.dirname, 'inside/family.mjs'),
      join(kit.job.directory, 'course/family.mjs'),
    )
    const module = await kit.module('../course/family.mjs')
    rowsOf(kit, await module.ask('netTable')) // What is told now must not be told again later.
    const told = (await module.call('family')) as Family
    const { parent, child, shared, accepted, connected, listening } = told
    for (const { port } of [shared, connected, listening]) kit.knows(port)
    await look(kit, async () => {
      const rows = rowsOf(kit, await module.ask('netTable'))
      const expectHolders = (
        name: { en: string; ja: string },
        holds: (row: Row) => boolean,
        expected: string[],
      ) => {
        const who = (pid: number | undefined) =>
          pid === parent
            ? 'parent'
            : pid === child
              ? 'child'
              : pid === undefined
                ? 'nobody'
                : 'other'
        const found = rows
          .filter(holds)
          .map(({ pid, fd }) => `${who(pid)} ${fd}`)
          .toSorted()
        if (found.join() === expected.toSorted().join()) return
        const [wanted, held] = [named(expected.toSorted()), named(found)]
        const sameProcesses = wanted.en === held.en
        const missing =
          found.length > 0 &&
          found.every((holder) => expected.includes(holder) || holder === 'nobody undefined')
        kit.fail(
          {
            en: `${name.en} is held by: ${wanted.en}. The rows say: ${held.en}${sameProcesses ? ', by other file descriptors than theirs' : ''}`,
            ja: `${name.ja}の持ち主は${wanted.ja}です。行が示す持ち主は${held.ja}${sameProcesses ? 'で、ファイルディスクリプタが違います' : 'です'}`,
          },
          missing ? overlooked : {},
        )
      }
      const at = (port: number) => `127.0.0.1:${port}`
      expectHolders(
        {
          en: 'the listening socket that the child has inherited',
          ja: '子が引き継いだ待ち受けソケット',
        },
        ({ local, state }) => local === at(shared.port) && state === 'LISTEN',
        [`parent ${shared.fd}`, 'child 3'],
      )
      expectHolders(
        { en: "the child's own listening socket", ja: '子自身の待ち受けソケット' },
        ({ local, state }) => local === at(listening.port) && state === 'LISTEN',
        [`child ${listening.fd}`],
      )
      expectHolders(
        { en: "the parent's end of their connection", ja: '両者の接続の親側' },
        ({ local, remote }) => local === at(shared.port) && remote === at(connected.port),
        [`parent ${accepted.fd}`],
      )
      expectHolders(
        { en: "the child's end of their connection", ja: '両者の接続の子側' },
        ({ local, remote }) => local === at(connected.port) && remote === at(shared.port),
        [`child ${connected.fd}`],
      )
    })
  },
)

interface Place {
  port: number
  fd: number
}

interface Family {
  parent: number
  child: number
  shared: Place
  accepted: Place
  connected: Place
  listening: Place
}

const overlooked = {
  why: {
    en: 'processes and file descriptors come and go: your own program opens each folder that it reads, finds that file descriptor in its list, and has closed it before it looks at it. The others are there all the same',
    ja: 'プロセスもファイルディスクリプタも現れては消えます。自分のプログラムも、読むフォルダーを開き、そのファイルディスクリプタを一覧で見つけ、調べるときにはもう閉じています。それでも、ほかのものはあります',
  },
  next: {
    en: 'look at what you remember of an earlier call, and at what is left out where one link cannot be read',
    ja: '前の呼び出しの何を覚えているか、リンクの 1 つが読めないときに何を飛ばすかを見てください',
  },
}

/** Holders by their process, without their file descriptors. */
function named(holders: string[]): Text {
  const processes = holders.map((holder) => holder.replace(/ .*/, ''))
  const inJapanese = processes.map((process) => japanese[process] ?? process)
  return { en: processes.join(', ') || '–', ja: inJapanese.join('、') || 'なし' }
}

const japanese: Record<string, string> = {
  parent: '親プロセス',
  child: '子プロセス',
  nobody: 'なし',
  other: '別のプロセス',
}

function onlyLinux(kit: Kit): void {
  if (!kernelSockets())
    kit.skip({
      en: 'the kernel tells of its sockets in /proc/net on Linux only',
      ja: 'カーネルがソケットの情報を /proc/net に示すのは Linux だけです',
    })
}

/**
 * Looks again where something is not as expected, some times. The kernel does not tell its table at one moment: while
 * connections come and go, a line can stand twice in the file, or not at all.
 */
async function look(kit: Kit, at: () => Promise<void>): Promise<void> {
  const { steps } = kit.transcript
  const before = steps.length
  for (let looks = 1; looks < 10; looks++) {
    try {
      return await at()
    } catch (error) {
      if (!(error instanceof LearnerFault)) throw error
      steps.length = before
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  return at()
}

/** Sockets of the grader's own: a listening one, a connection with bytes that wait, and one end in TIME_WAIT. */
async function sockets(kit: Kit, host: string) {
  // What is accepted is not read, so that it stays in the kernel.
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(0, host)
  kit.onEnd(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  kit.knows(port)
  const [client] = await pair(kit, server, host, port)
  const ends = { client: addressOf(client) }
  client.write(Buffer.alloc(1_000))
  const [closing, other] = await pair(kit, server, host, port)
  const closed = addressOf(closing)
  closing.end()
  other.resume().end()
  const ready = () => {
    const has = (local: number, remote: number, state: string) =>
      kernelSockets()!.some(
        (socket) =>
          socket.localPort === local && socket.remotePort === remote && socket.state === state,
      )
    return has(closed.port, port, 'TIME_WAIT') && has(port, ends.client.port, 'ESTABLISHED')
  }
  await kit.until(ready)
  return { server: { host, port }, ends: { ...ends, closed } }
}

async function pair(
  kit: Kit,
  server: Server,
  host: string,
  port: number,
): Promise<[client: Socket, accepted: Socket]> {
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = connect(port, host)
  kit.onEnd(() => void client.destroy())
  await once(client, 'connect')
  const [socket] = await accepted
  kit.onEnd(() => void socket.destroy())
  return [client, socket]
}

function addressOf(socket: Socket): Address {
  return { host: socket.localAddress!, port: socket.localPort! }
}
