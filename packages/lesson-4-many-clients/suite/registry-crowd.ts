import {
  check,
  type Address,
  count as digits,
  type Explain,
  type Kit,
  kernelSockets,
  LearnerFault,
  type TcpPeer,
} from '@socket-dojo/testkit'
import {
  bothEnds,
  count,
  expectSessions,
  join,
  loopback,
  registryIn,
  run,
  sessionsOf,
  start,
  startAlone,
  who,
} from './registry-server.ts'

check(
  'registry-silent',
  {
    title: {
      en: 'a client that says nothing keeps nobody waiting',
      ja: '何も言わないクライアントがいても、誰も待たせない',
    },
    points: 2,
    restsOn: 'registry-listens',
    why: {
      en: 'each connection is a socket of its own, with events of its own: none has to wait for another',
      ja: '接続はそれぞれ別のソケットで、イベントも別々です。ほかの接続を待つ必要はありません',
    },
    next: {
      en: 'look for what all connections share: a queue, a variable, an await',
      ja: 'すべての接続で共有しているものを探してください。キュー、変数、await などです',
    },
    try: [run, 'nc 127.0.0.1 43211', 'printf C | nc -N 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address } = await start(kit)
    await kit.tcp.connect(address, {}, { name: 'A' })
    const b = await kit.tcp.connect(address, {}, { name: 'B' })
    const c = await join(kit, address, 'C')
    await count(c, 3, {
      different: {
        why: {
          en: 'A and B are connected too: a session begins with the connection, and not with the first command',
          ja: 'A と B もつながっています。セッションは最初のコマンドではなく、接続から始まります',
        },
        next: {
          en: 'look at when a session is entered',
          ja: 'セッションをいつ登録しているかを見てください',
        },
      },
    })
    await count(b, 3)
  },
)

check(
  'registry-deaf',
  {
    title: {
      en: 'a client that does not read its answers keeps nobody waiting',
      ja: '返事を読まないクライアントがいても、誰も待たせない',
    },
    points: 1,
    restsOn: 'registry-silent',
    why: {
      en: "A's answers fill the kernel's buffers, and write() returns false: that is a reason to wait for A, and not to make others wait",
      ja: 'A への返事でカーネルのバッファーが埋まり、write() は false を返します。A を待つ理由にはなりますが、ほかを待たせる理由にはなりません',
    },
    next: {
      en: "look at who waits for whose 'drain'",
      ja: "誰が誰の 'drain' を待っているかを見てください",
    },
  },
  async (kit) => {
    const { address, server } = await startAlone(kit)
    const b = await join(kit, address, 'B')
    const deaf = await kit.tcp.connect(address, {}, { name: 'A' })
    // It asks on and on, until nobody takes its questions any more or all are asked.
    void deaf.send('W'.repeat(deafCommands))
    const c = await join(kit, address, 'C') // It came after A, so A has been accepted when it is answered.
    await count(c, 3, allStay)
    await count(b, 3, allStay)
    // It reads at last: nothing that it asked for is lost, and it is served as before.
    const answer = `${bothEnds(address, deaf)}\n`
    await deaf.receive(answer.repeat(deafCommands), lateReader, {
      en: `${digits(deafCommands)} lines`,
      ja: `${digits(deafCommands)} 行`,
    })
    await count(deaf, 3, lateReader)
    // It asks again, and goes without having read.
    void deaf.send('W'.repeat(deafCommands))
    await deaf.standstill()
    deaf.reset()
    await expectSessions(kit, server, b, 2, {
      different: {
        why: {
          en: "A has reset its connection while answers to it were waiting: then 'drain' never comes any more",
          ja: "A への返事が待っている間に、A は接続をリセットしました。すると 'drain' はもう届きません",
        },
        next: {
          en: "look at who waits for 'drain' alone: what does a client that has gone still send?",
          ja: "'drain' だけを待っているところを見てください。去ったクライアントからは、ほかに何が届きますか",
        },
      },
    })
    // Nor is anything lost of more answers than the kernel's buffers hold, for one that has said its end and reads late.
    const d = await kit.tcp.connect(address, {}, { name: 'D' })
    void d.send('W'.repeat(lateCommands))
    d.finish()
    await d.standstill()
    const cut = {
      why: {
        en: 'D reads late, so that a part of its answers waits in your program, also when its end has come: whoever throws the socket away then, or because there are so many, loses them',
        ja: 'D は遅れて読むので、終わりが届いたあとも、返事の一部はプログラムの中で待っています。そのとき、または多すぎるからといってソケットを捨てると、返事は失われます',
      },
    }
    await d.receive(
      `${bothEnds(address, d)}\n`.repeat(lateCommands),
      { ended: cut, reset: cut },
      { en: `${digits(lateCommands)} lines`, ja: `${digits(lateCommands)} 行` },
    )
    await d.receiveEnd()
    await expectSessions(kit, server, b, 2)
    // Nor for one that has said X; and its answers are of two kinds, so that it shows whether they keep their order.
    const e = await kit.tcp.connect(address, {}, { name: 'E' })
    void e.send(`${'WC'.repeat(deafCommands)}X`)
    await e.standstill()
    const cutByX = {
      why: {
        en: 'E reads late, so that a part of its answers waits in your program when its X comes: whoever throws the socket away then loses them, and the bye',
        ja: 'E は遅れて読むので、X が届いたとき、返事の一部はプログラムの中で待っています。そこでソケットを捨てると、それらも bye も失われます',
      },
      next: {
        en: 'look at how X closes: does what was written before still go out?',
        ja: 'X でどう閉じているかを見てください。その前に書いたものは最後まで送られますか',
      },
    }
    await e
      .receive(
        `${`${bothEnds(address, e)}\n3\n`.repeat(deafCommands)}bye\n`,
        { ended: cutByX, reset: cutByX },
        {
          en: `${digits(2 * deafCommands)} lines, and bye`,
          ja: `${digits(2 * deafCommands)} 行と bye`,
        },
      )
      .catch((error: unknown) => outOfOrder(kit, error))
    await e.receiveEnd()
  },
)

check(
  'registry-crowd',
  {
    title: {
      en: '200 clients on one port, the last one served first',
      ja: '1 つのポートに 200 のクライアント、最後に来たものから応じる',
    },
    points: 2,
    restsOn: 'registry-silent',
    why: {
      en: 'all of them come to one port of the server; the kernel keeps them apart by the four parts of each connection, and so does the server',
      ja: '全員がサーバーの 1 つのポートに来ます。カーネルは各接続の 4 つの値で見分けます。サーバーも同じです',
    },
    next: {
      en: 'look for a limit, and for anything that is served in the order in which it came',
      ja: '上限になるもの、来た順に処理しているものを探してください',
    },
    try: [run, 'for i in $(seq 200); do nc -d 127.0.0.1 43211 & done'],
  },
  async (kit) => {
    const { address } = await start(kit)
    const silent = await kit.tcp.connect(address, {}, { name: 'A' })
    const crowd = await joinAll(kit, address, 198)
    kit.transcript.add('connect', { en: '198 more clients', ja: 'さらに 198 のクライアント' })
    const last = await join(kit, address, 'Z')
    await count(last, 200)
    kit.transcript.add('send', {
      en: '"C", by each of the 198, from the last to the first',
      ja: '198 のクライアントが後から来た順に "C"',
    })
    for (const client of crowd.toReversed()) await count(client, 200)
    await count(silent, 200)
  },
)

check(
  'registry-churn',
  {
    title: {
      en: '1,000 clients come and go, and the count stays true',
      ja: '1,000 のクライアントが出入りしても、数は正しいまま',
    },
    points: 2,
    restsOn: 'registry-reset',
    why: {
      en: 'each connection begins once and ends once, in whatever way it ends: then the count is neither negative nor too high',
      ja: 'どんな終わり方でも、接続は 1 回始まって 1 回終わります。そうすれば数は負にも過大にもなりません',
    },
    next: {
      en: "look for an end that is counted twice, or not at all: 'end', 'error' and 'close' may all come for the same socket",
      ja: "2 回数える終わり、1 回も数えない終わりを探してください。同じソケットに 'end'、'error'、'close' がすべて届くこともあります",
    },
  },
  async (kit) => {
    const { address, server } = await start(kit)
    const observer = await join(kit, address, 'A')
    kit.transcript.add('connect', {
      en: '1,000 clients that end in four ways: half-close, reset, X, X and then more',
      ja: '1,000 のクライアント。終わり方はハーフクローズ、リセット、X、X のあとにさらに送信、の 4 通り',
    })
    // Lives overlap: a half of each batch leaves at once, the other half when the next batch has come.
    let old: TcpPeer[] = []
    for (let joined = 0; joined < 1_000; joined += batch) {
      const clients = await joinAll(kit, address, batch)
      const half = clients.filter((_, index) => index % 2 === 0)
      await Promise.all([...half, ...old].map((client, index) => leave(client, index % 4)))
      old = clients.filter((client) => !half.includes(client))
      await expectSessions(kit, server, observer, 1 + old.length)
    }
    await Promise.all(old.map((client, index) => leave(client, index % 4)))
    await expectSessions(kit, server, observer, 1)
    const [left] = await sessionsOf(kit, server)
    if (left?.remote.endsWith(`:${observer.local.port}`)) return
    kit.fail({
      en: 'one session is left, and it is not that of the one client that stayed',
      ja: '残ったセッションは 1 つですが、残ったクライアントのものではありません',
    })
  },
)

check(
  'registry-sockets',
  {
    title: {
      en: 'nothing of a session stays when it is over',
      ja: '終わったセッションのものは何も残らない',
    },
    points: 1,
    restsOn: 'registry-reset',
    why: {
      en: 'sockets and files are file descriptors: what is opened for a session has to be closed with it, else one day none is left',
      ja: 'ソケットもファイルもファイルディスクリプタです。セッションのために開いたものは一緒に閉じないと、いつか尽きます',
    },
    next: {
      en: 'see what the process has open when its clients have gone, and who should close it',
      ja: 'クライアントが去ったあとプロセスが何を開いているか、誰が閉じるべきかを見てください',
    },
    try: [run, 'ss -tan "sport = 43211"', 'ls -l /proc/$(pgrep -nf registry)/fd'],
  },
  async (kit) => {
    if (!kernelSockets())
      kit.skip({
        en: 'the table of sockets, /proc/net/tcp, is a thing of Linux',
        ja: 'ソケットの表 /proc/net/tcp は Linux のものです',
      })
    const { module, address } = await startAlone(kit)
    const states = () =>
      (kernelSockets() ?? [])
        .filter(({ localPort, state }) => localPort === address.port && state !== 'TIME_WAIT')
        .map(({ state }) => state)
        .toSorted()
    await leave((await joinAll(kit, address, 1))[0]!, 0) // What is opened with the first client, and once, may stay.
    // The kernel is done with a connection before the program has closed its descriptor.
    await kit.until(() => states().join() === 'LISTEN' && !kit.busy)
    const before = module.files
    const clients = await joinAll(kit, address, 12)
    kit.transcript.add('connect', {
      en: '12 clients that end in four ways: half-close, reset, X, X and then more',
      ja: '12 のクライアント。終わり方はハーフクローズ、リセット、X、X のあとにさらに送信、の 4 通り',
    })
    await Promise.all(clients.map((client, index) => leave(client, index % 4)))
    const opened = () => (module.files ?? 0) - (before ?? 0)
    if (await kit.until(() => states().join() === 'LISTEN' && opened() <= 0)) return
    const left = states().filter((state) => state !== 'LISTEN')
    if (left.length === 0) {
      kit.fail({
        en: `all 12 clients have gone, and the server's process has ${opened()} more file descriptors open than before`,
        ja: `12 のクライアントはすべて去りましたが、サーバーのプロセスが開いているファイルディスクリプタは前より ${opened()} 個多くなっています`,
      })
    }
    kit.fail({
      en: `all 12 clients have gone, and the server still has ${left.length} of their sockets: ${left.join(', ')}`,
      ja: `12 のクライアントはすべて去りましたが、サーバーにはそのソケットが ${left.length} 個残っています: ${left.join('、')}`,
    })
  },
)

check(
  'registry-close',
  {
    title: { en: 'close() ends every session', ja: 'close() はすべてのセッションを終える' },
    points: 1,
    restsOn: 'registry-who',
    why: {
      en: 'server.close() only stops listening: it leaves open connections alone, and waits for them',
      ja: 'server.close() がやめるのは待ち受けだけです。開いている接続には触れず、終わるのを待ちます',
    },
    next: {
      en: 'look at what is still open: the listening socket, connections, timers',
      ja: '待ち受けソケット、接続、タイマーのうち、何が開いたままかを見てください',
    },
  },
  async (kit) => {
    const { module, server, address } = await startAlone(kit)
    const silent = await kit.tcp.connect(address, {}, { name: 'A' })
    const busy = await join(kit, address, 'B')
    const gone = await join(kit, address, 'C')
    await gone.send('X')
    await gone.receive('bye\n')
    await gone.receiveEnd()
    // D neither reads its answers nor sends more: nothing will ever come from it.
    const deaf = await kit.tcp.connect(address, {}, { name: 'D' })
    void deaf.send('W'.repeat(lateCommands))
    deaf.finish()
    await deaf.standstill()
    const other = await registryIn(kit, module)
    await server.call('close', [], {
      silent: {
        why: {
          en: 'server.close() only stops listening, and then waits for open connections: A and B do not leave by themselves, C, which has said X, does not close its own side, and D, which has said its end, never reads the answers that are waiting for it',
          ja: 'server.close() がやめるのは待ち受けだけで、そのあと開いている接続の終わりを待ちます。A と B は自分からは去らず、X を送った C は自分の側を閉じず、送信を終えた D は待っている返事を読みません',
        },
        next: {
          en: 'look at what becomes of the connections that are still open: does every one of them come to its end?',
          ja: '開いている接続がどうなるかを見てください。1 つ残らず終わりますか',
        },
      },
    })
    await silent.gone()
    await busy.gone()
    await kit.tcp.refused(address, {
      different: {
        why: {
          en: 'close() of the first of two registries has resolved, and just that one still listens',
          ja: '2 つのうち 1 つ目のレジストリの close() が終わったのに、まさにそのレジストリがまだ待ち受けています',
        },
        next: {
          en: 'look at which server close() closes where several run in one process',
          ja: '1 つのプロセスで複数動いているとき、close() がどのサーバーを閉じるかを見てください',
        },
      },
    })
    const e = await kit.tcp.connect(other.address, { refused: others }, { name: 'E' })
    await who(kit, e, other.address, { ended: others, reset: others })
    const left = await sessionsOf(kit, server)
    if (left.length > 0) {
      kit.fail(
        {
          en: `close() has resolved, and sessions() still holds ${left.length}`,
          ja: `close() は終わりましたが、sessions() にまだ ${left.length} 個あります`,
        },
        {
          why: {
            en: 'close() resolves when every session is over: a list that still has some then tells of connections that there are no more',
            ja: 'close() が終わるのは、すべてのセッションが終わったときです。そのときまだ一覧にあるのは、もうない接続です',
          },
          next: {
            en: 'look at when a session leaves the list, and at what close() waits for',
            ja: 'セッションがいつ一覧から消えるか、close() が何を待つかを見てください',
          },
        },
      )
    }
    gone.close()
    deaf.close()
    await other.server.call('close')
    const empty = await registryIn(kit, module)
    await empty.server.call('close', [], {
      silent: {
        why: {
          en: 'nobody has ever connected to this registry: there is no connection whose end one could wait for',
          ja: 'このレジストリには誰も接続していません。終わりを待つ接続はありません',
        },
        next: {
          en: 'look at what resolves close() where there is nobody to part from',
          ja: '終える接続がないとき、何が close() を解決するかを見てください',
        },
      },
    })
    await module.ends()
    // Nothing of it is left: the port can be listened on at once.
    const again = await start(kit, { ...loopback, port: address.port })
    await join(kit, again.address, 'F')
  },
)

const others = {
  why: {
    en: 'E has come to a second registry in the same process: nobody has closed that one',
    ja: 'E がつないだのは、同じプロセスの 2 つ目のレジストリです。そちらは誰も閉じていません',
  },
  next: {
    en: 'look at what several registries share',
    ja: '複数のレジストリが共有しているものを見てください',
  },
}

const batch = 100
const deafCommands = 200_000
const lateCommands = 400_000

const allStay: Explain = {
  different: {
    why: {
      en: 'A, B and C are connected, and none of them has left: a client that does not read its answers is still one',
      ja: 'A、B、C はつながっていて、誰も去っていません。返事を読まないクライアントも、クライアントです',
    },
    next: {
      en: 'look at what you do with a client whose answers pile up: its session is not to end',
      ja: '返事がたまったクライアントをどうしているかを見てください。セッションを終わらせてはいけません',
    },
  },
}

const lateReader: Explain = {
  silent: {
    why: {
      en: 'A reads its answers now, and there is room again; but a part of its commands is still without an answer',
      ja: 'A が返事を読み始め、バッファーは再び空きました。それでもコマンドの一部に返事がありません',
    },
    next: {
      en: "look at what you stop where write() returns false, and at what lets it go on: 'drain'",
      ja: "write() が false を返したとき何を止め、何で再開するか（'drain'）を見てください",
    },
  },
}

/** At which byte that shows is chance: it depends on what the kernel's buffers hold. */
function outOfOrder(kit: Kit, error: unknown): never {
  if (error instanceof LearnerFault && error.outcome === 'different') {
    kit.fail(
      {
        en: 'E sent W and C in turn, and then an X, and among the answers one came that was not the next',
        ja: 'E は W と C を交互に、最後に X を送りましたが、返事の中に、次に来るはずのものではないものがありました',
      },
      {
        why: {
          en: 'answers come in the order in which they were asked, also where some have to wait for room: what comes in meanwhile must not overtake them',
          ja: '空きを待つ返事があっても、返事は尋ねられた順に返します。その間に届いたコマンドへの返事が、追い越してはいけません',
        },
        next: {
          en: "look at what happens when a 'data' event comes while the one before still waits for 'drain'",
          ja: "前の 'data' イベントの処理が 'drain' を待っている間に、次の 'data' が届くとどうなるかを見てください",
        },
      },
    )
  }
  throw error
}

/** Many clients that have an answer, and thus a session; none of them in the transcript. */
function joinAll(kit: Kit, address: Address, number: number): Promise<TcpPeer[]> {
  return Promise.all(
    Array.from({ length: number }, async () => {
      const client = await kit.tcp.connect(address, {}, { silent: true })
      await ask(client).catch((error: unknown) => notServed(kit, error))
      return client
    }),
  )
}

/** Whether a client that is turned away sees an end or a reset is chance. */
function notServed(kit: Kit, error: unknown): never {
  if (error instanceof LearnerFault && (error.outcome === 'ended' || error.outcome === 'reset')) {
    kit.fail({
      en: 'one of many clients was connected, and the server closed the connection without an answer',
      ja: '多くのクライアントのうち 1 つが、接続したのに返事をもらえず、サーバーに接続を閉じられました',
    })
  }
  throw error
}

async function ask(client: TcpPeer): Promise<string> {
  await client.send('C')
  return client.receiveLine({}, () => ({ en: 'a number', ja: '数' }))
}

/** Ends a connection, in one of four ways. */
async function leave(client: TcpPeer, way: number): Promise<void> {
  if (way === 0) client.finish()
  if (way === 1) return client.reset()
  if (way >= 2) {
    await client.send('X')
    await client.receive('bye\n', {
      silent: {
        why: {
          en: 'this client is connected, and its X is not answered: its session has been removed, or replaced, when another client came or went',
          ja: 'このクライアントは接続中なのに、X に返事がありません。ほかのクライアントの出入りで、このセッションが消されたか置き換えられています',
        },
        next: {
          en: 'can a new session get the key of one that still exists?',
          ja: 'まだ存在するセッションのキーを、新しいセッションが使うことはありませんか',
        },
      },
    })
  }
  await client.receiveEnd()
  if (way === 3) await client.send('C') // Only now: a server that has closed both directions answers with a reset.
  client.close()
}
