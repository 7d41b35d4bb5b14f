import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { check, type Address, type Kit, kernelSockets } from '@socket-dojo/testkit'
import {
  bothEnds,
  count,
  eventually,
  expectList,
  expectSessions,
  file,
  join,
  loopback,
  ownPort,
  receiveEnds,
  run,
  start,
  startAlone,
  who,
} from './registry-server.ts'

check(
  'registry-leave',
  {
    title: {
      en: 'a session ends when its client ends the connection',
      ja: 'クライアントが接続を終えると、セッションも終わる',
    },
    points: 2,
    restsOn: 'registry-count',
    why: {
      en: 'the kernel tells the server that the other side has finished; nobody but the server can forget the session',
      ja: '相手が終えたことはカーネルがサーバーに伝えます。セッションを忘れるのはサーバーの仕事です',
    },
    next: {
      en: 'look at which event removes a session, and which one it removes',
      ja: 'どのイベントがセッションを消すか、どのセッションを消すかを見てください',
    },
    try: [run, 'nc 127.0.0.1 43211', 'printf C | nc -N 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address, server } = await start(kit)
    const a = await join(kit, address, 'A')
    const b = await join(kit, address, 'B')
    const c = await join(kit, address, 'C')
    // Neither the first nor the last one.
    b.finish()
    await b.receiveEnd({
      silent: {
        why: {
          en: 'the client has finished, and has all its answers: now the server closes its side',
          ja: 'クライアントは送信を終え、返事もすべて受け取りました。次はサーバーが自分の側を閉じる番です',
        },
        next: {
          en: "look at what your program does when 'end' comes",
          ja: "'end' が届いたときにプログラムが何をするかを見てください",
        },
      },
    })
    await expectSessions(kit, server, a, 2)
    await expectList(kit, server, [bothEnds(address, a), bothEnds(address, c)])
    await who(kit, c, address)
    c.finish()
    await c.receiveEnd()
    await expectSessions(kit, server, a, 1)
    await who(kit, a, address)
  },
)

check(
  'registry-half-close',
  {
    title: {
      en: 'a client that has finished sending still gets its answers',
      ja: '送信を終えたクライアントにも答える',
    },
    points: 1,
    restsOn: 'registry-leave',
    why: {
      en: 'the client has only said that it will send nothing more: what it asked before is not answered yet',
      ja: 'クライアントは「もう送らない」と言っただけです。その前に尋ねたことには、まだ答えていません',
    },
    next: {
      en: "look at what your 'end' does to answers that are still on their way, and at who closes",
      ja: "'end' のとき、まだ送っている途中の返事がどうなるか、誰が閉じるのかを見てください",
    },
    try: [run, 'printf CC | nc -N 127.0.0.1 43211'],
  },
  async (kit) => {
    const { module, address, server } = await startAlone(kit)
    const observer = await join(kit, address, 'A')
    const b = await kit.tcp.connect(address, {}, { name: 'B' })
    // To a server that stands still, the end arrives together with the questions.
    await module.pause()
    await b.send('C'.repeat(5_000))
    b.finish()
    await b.finished()
    module.resume()
    await b.receive('2\n'.repeat(5_000))
    await b.receiveEnd()
    await expectSessions(kit, server, observer, 1)
  },
)

check(
  'registry-bye',
  {
    title: { en: 'X says bye and ends the session', ja: 'X は bye と答え、セッションを終える' },
    points: 2,
    restsOn: 'registry-leave',
    why: {
      en: 'the server decides that this is the end: it closes its side, and counts the session no more, whatever the client does with its own side',
      ja: '終わりを決めるのはサーバーです。自分の側を閉じ、クライアントがどうしようと、もうそのセッションを数えません',
    },
    next: {
      en: 'look at what X does: to the answer, to the connection, and to the session',
      ja: 'X が返事、接続、セッションのそれぞれに何をするかを見てください',
    },
    try: [run, "printf 'CXC' | nc 127.0.0.1 43211"],
  },
  async (kit) => {
    const { address, server } = await start(kit)
    const observer = await join(kit, address, 'A')
    const b = await join(kit, address, 'B')
    await b.send('X')
    await b.receive('bye\n')
    await b.receiveEnd()
    // B keeps its own side open, and says X once more.
    await b.send('X')
    await expectSessions(kit, server, observer, 1, {
      different: {
        why: {
          en: 'B has said X and got its bye: its session is over, although it has not closed its own side of the connection',
          ja: 'B は X を送り、bye を受け取りました。自分の側をまだ閉じていなくても、B のセッションは終わっています',
        },
      },
    })
    const c = await join(kit, address, 'C')
    await c.send('CXXC')
    await c.receive('2\nbye\n')
    await c.receiveEnd({
      extra: {
        why: {
          en: 'what follows an X is ignored: after bye the server says nothing more',
          ja: 'X のあとに続くものは無視します。bye のあと、サーバーはもう何も言いません',
        },
      },
    })
    await expectSessions(kit, server, observer, 1)
  },
)

check(
  'registry-reset',
  {
    title: {
      en: 'a session ends when its client resets or dies',
      ja: 'クライアントがリセットするか強制終了されると、セッションも終わる',
    },
    points: 2,
    restsOn: 'registry-leave',
    why: {
      en: "a reset comes as an 'error' event of that socket, and a client that was killed says nothing itself: its kernel ends or resets the connection",
      ja: "リセットはそのソケットの 'error' イベントとして届きます。強制終了されたクライアントは何も言えず、カーネルが接続を終えるかリセットします",
    },
    next: {
      en: "look at every event by which a socket can end: 'end', 'error', 'close'",
      ja: "ソケットの終わりを知らせるイベントをすべて見てください。'end'、'error'、'close' です",
    },
    try: [run, 'node -e "net.connect(43211).write(\'W\'); setTimeout(process.exit, 99)"'],
  },
  async (kit) => {
    const { module, address, server } = await startAlone(kit)
    const observer = await join(kit, address, 'A')
    const b = await join(kit, address, 'B')
    b.reset()
    await expectSessions(kit, server, observer, 1, {
      different: {
        why: {
          en: "B reset its connection: that comes as 'error', and 'end' never comes",
          ja: "B は接続をリセットしました。届くのは 'error' で、'end' は届きません",
        },
      },
    })
    // Gone in the middle of something, with answers that nobody will read.
    const c = await join(kit, address, 'C')
    await c.send('WCC?')
    await receiveEnds(kit, c, address)
    c.reset()
    const d = await join(kit, address, 'D')
    await expectSessions(kit, server, d, 2)
    // An error after the end of the session is one that somebody has to handle, too.
    const e = await join(kit, address, 'E')
    await e.send('X')
    await e.receive('bye\n')
    await e.receiveEnd()
    e.reset()
    await expectSessions(kit, server, d, 2)
    await killedClient(kit, address)
    await expectSessions(kit, server, observer, 2)
    // The kernel makes a connection without asking the program, which then gets one that has been reset already.
    await module.pause()
    const early = await kit.tcp.connect(address, {}, { name: 'G' })
    early.reset()
    await portIsFree(kit, address, early.local.port)
    module.resume()
    const h = await join(kit, address, 'H', {}, { exited: goneBefore })
    await expectSessions(kit, server, h, 3, { different: goneBefore })
  },
)

check(
  'registry-tuple',
  {
    title: {
      en: 'one client port, two addresses of the server: two sessions',
      ja: '同じクライアントポートからサーバーの 2 つのアドレスへは 2 セッション',
    },
    points: 2,
    restsOn: 'registry-leave',
    why: {
      en: 'a connection is known by all four: local address, local port, remote address, remote port. These two have the same remote end, and different local ones',
      ja: '接続はローカルアドレス、ローカルポート、リモートアドレス、リモートポートの 4 つで決まります。この 2 つはリモートが同じで、ローカルが違います',
    },
    next: {
      en: 'look at the key by which you keep a session',
      ja: 'セッションを保存するキーを見てください',
    },
    try: [
      'pnpm dojo start lesson-4 registry 43211 0.0.0.0',
      'socat - TCP:127.0.0.1:43211,bind=127.0.0.1:51034,reuseaddr',
      'socat - TCP:127.0.0.2:43211,bind=127.0.0.1:51034,reuseaddr',
    ],
  },
  async (kit) => {
    if (process.platform !== 'linux')
      kit.skip({
        en: 'only Linux answers on all of 127.0.0.0/8 without being told to',
        ja: '設定なしで 127.0.0.0/8 のすべてに応答するのは Linux だけです',
      })
    const { address, server } = await start(kit, { host: '0.0.0.0', port: 0 })
    const one = { host: '127.0.0.1', port: address.port }
    const two = { host: '127.0.0.2', port: address.port }
    const from = { localAddress: '127.0.0.1', localPort: ownPort() }
    const a = await join(kit, one, 'A', from)
    const b = await join(kit, two, 'B', from)
    await count(b, 2)
    await expectList(kit, server, [bothEnds(one, a), bothEnds(two, b)])
    // Each is still itself, and one can go without the other.
    await who(kit, a, one)
    a.finish()
    await a.receiveEnd()
    await expectSessions(kit, server, b, 1)
    await who(kit, b, two)
    // And what differs in the address of the client alone.
    const c = await join(kit, two, 'C', { ...from, localAddress: '127.0.0.2' })
    const sameButClient = {
      why: {
        en: 'B and C have come to the same address of the server, from the same port of two client addresses: only the remote address tells them apart',
        ja: 'B と C はサーバーの同じアドレスに、2 つのクライアントアドレスの同じポートから来ました。違うのはリモートアドレスだけです',
      },
    }
    await count(c, 2, { different: sameButClient })
    await expectList(kit, server, [bothEnds(two, b), bothEnds(two, c)], {
      different: sameButClient,
    })
  },
)

check(
  'registry-reuse',
  {
    title: {
      en: 'the same client port, used again at once, is a new session',
      ja: '同じクライアントポートをすぐ使い直すと、新しいセッションになる',
    },
    points: 2,
    restsOn: 'registry-reset',
    why: {
      en: 'the old and the new connection have all four in common, but they are two connections: the end of the first must not end the second',
      ja: '古い接続と新しい接続は 4 つともすべて同じですが、別の接続です。1 つ目の終わりが 2 つ目を終わらせてはいけません',
    },
    next: {
      en: "when 'close' comes, is what stands under that key still the session that is closing?",
      ja: "'close' が届いたとき、そのキーにあるのは、閉じようとしているセッションのままですか",
    },
  },
  async (kit) => {
    const program = kit.program(file, ['0', loopback.host])
    const address = await program.listening()
    const observer = await join(kit, address, 'A')
    const from = { localAddress: '127.0.0.1', localPort: ownPort() }
    const b = await join(kit, address, 'B', from)
    await count(observer, 2)
    // To a server that stands still, the old end and the new beginning come at the same moment.
    await program.pause()
    b.reset()
    await portIsFree(kit, address, from.localPort)
    const again = await kit.tcp.connect(address, {}, { name: 'B', ...from })
    program.resume()
    await who(kit, again, address)
    await expectCount(kit, observer, 2)
    await again.send('X')
    await again.receive('bye\n')
    await again.receiveEnd()
    again.close()
    await expectCount(kit, observer, 1)
    await portIsFree(kit, address, from.localPort)
    await join(kit, address, 'B', from)
    await expectCount(kit, observer, 2)
  },
)

const goneBefore = {
  why: {
    en: 'G connected and reset the connection while your program stood still: the kernel had made the connection already, and your program got a socket that is closed and knows no addresses any more',
    ja: 'プログラムが止まっている間に、G は接続してリセットしました。接続はカーネルがすでに確立していたので、プログラムが受け取ったのは、閉じていて、もうアドレスを知らないソケットです',
  },
  next: {
    en: 'look at what you do with remoteAddress where it is undefined',
    ja: 'remoteAddress が undefined のとき何をしているかを見てください',
  },
}

/** A client in a process of its own, that has a session and is killed. */
async function killedClient(kit: Kit, { host, port }: Address): Promise<void> {
  kit.transcript.add('start', { en: 'a client F of its own', ja: '別プロセスのクライアント F' })
  const code = `require('net').connect(${port}, '${host}', function () { this.write('W'); console.log('asked') }).once('data', () => console.log('answered'))`
  const client = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] })
  kit.onEnd(() => client.kill('SIGKILL'))
  const exited = once(client, 'exit')
  let said = ''
  client.stdout.setEncoding('utf8').on('data', (piece: string) => (said += piece))
  await Promise.race([once(client.stdout, 'data'), exited])
  if (!(await kit.until(() => said.includes('answered') || client.exitCode !== null))) {
    kit.fail({
      en: 'F: a line was awaited, and nothing came',
      ja: 'F: 1 行を待ちましたが何も届きませんでした',
    })
  }
  client.kill('SIGKILL')
  await exited
  kit.transcript.add('exit', { en: 'F, by SIGKILL', ja: 'F、SIGKILL による' })
}

/** Waits until the kernel has no client socket on the port any more. */
async function portIsFree(kit: Kit, server: Address, port: number): Promise<void> {
  await kit.until(
    () =>
      !(kernelSockets() ?? []).some(
        ({ localPort, remotePort }) => localPort === port && remotePort === server.port,
      ),
  )
}

/** Asks C until it tells as many: a program has no sessions() that one could ask. */
async function expectCount(
  kit: Kit,
  observer: Awaited<ReturnType<typeof join>>,
  expected: number,
): Promise<void> {
  const ask = async () => {
    await observer.send('C')
    return observer.receiveLine()
  }
  const found = await eventually(kit, ask, (answer) => answer === String(expected))
  if (found === String(expected)) return
  kit.fail({
    en: `C answered ${JSON.stringify(found)}, and ${expected} are connected`,
    ja: `接続しているのは ${expected} ですが、C の返事は ${JSON.stringify(found)} でした`,
  })
}
