import { type AddressInfo, isIPv6 } from 'node:net'
import {
  type Address,
  type Advice,
  check,
  type Explain,
  foreignHost,
  hasIPv6,
  type Kit,
  kernelSockets,
  type Module,
  RemoteObject,
} from '@socket-dojo/testkit'

export const file = 'echo.ts'
const run = 'pnpm dojo start lesson-2 echo 43211'
const loopback = { host: '127.0.0.1', port: 0 }

check(
  'echo-listens',
  {
    title: {
      en: 'startEcho() listens, and says where',
      ja: 'startEcho() は待ち受け、その場所を返す',
    },
    points: 1,
    why: {
      en: 'port 0 asks the kernel for a free port; which one it is, is known only once the server listens',
      ja: 'ポート 0 はカーネルに空きポートを求めます。どのポートかは、待ち受けを始めて初めてわかります',
    },
    next: {
      en: 'look at when startEcho() resolves, and at what address holds then',
      ja: 'startEcho() がいつ解決するか、そのとき address が何かを見てください',
    },
    try: [run, 'nc -v 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address, module } = await start(kit)
    if (['::', '0.0.0.0'].includes(address.host)) {
      kit.fail(
        {
          en: `it was told to listen on 127.0.0.1, and address.address is "${address.host}"`,
          ja: `127.0.0.1 で待ち受けるはずが、address.address は "${address.host}" でした`,
        },
        everyAddress,
      )
    }
    if (!(address.port > 0) || address.host !== '127.0.0.1') {
      kit.fail({
        en: `address was { address: ${JSON.stringify(address.host)}, port: ${address.port > 0 ? '<port>' : String(address.port)} } when startEcho() had resolved`,
        ja: `startEcho() が解決したとき address は { address: ${JSON.stringify(address.host)}, port: ${address.port > 0 ? '<port>' : String(address.port)} } でした`,
      })
    }
    await kit.tcp.connect(address)
    await kit.tcp.refused({ host: '127.0.0.2', port: address.port }, { different: everyAddress })
    // A second one beside it: a port that is always the same would not be free any more.
    const second = await serverIn(kit, module)
    if (second.address.port === address.port) {
      kit.fail(
        {
          en: 'a second startEcho() resolved with the address of the first',
          ja: '2 回目の startEcho() が 1 回目と同じアドレスで解決しました',
        },
        {
          why: {
            en: 'each call starts a server of its own, and port 0 asks for a port that nobody has yet',
            ja: '呼び出すたびに別のサーバーが始まります。ポート 0 が求めるのは、まだ誰も使っていないポートです',
          },
          next: {
            en: 'look for variables outside of startEcho()',
            ja: 'startEcho() の外にある変数を探してください',
          },
        },
      )
    }
  },
)

check(
  'echo-all',
  {
    title: {
      en: 'echo sends back everything it was sent',
      ja: 'echo は送られたものをすべて送り返す',
    },
    points: 2,
    restsOn: 'echo-listens',
    why: {
      en: "a TCP connection lasts until one side ends it; one 'data' event is not the whole conversation",
      ja: "TCP の接続はどちらかが終えるまで続きます。1 回の 'data' イベントで会話全体が届くわけではありません",
    },
    next: {
      en: 'look at where your program calls end(), and at what it does with the second piece',
      ja: 'end() を呼ぶ場所と、2 回目に何かが届いたときの動きを見てください',
    },
    try: [run, 'nc 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address } = await startAlone(kit)
    const client = await kit.tcp.connect(address)
    for (const word of ['one', 'two', kit.random.word(5)]) {
      await client.send(word)
      await client.receive(word, {
        ended: {
          why: {
            en: 'the server ended a conversation that the client had not finished',
            ja: 'クライアントが終えていない会話を、サーバーが終わらせました',
          },
        },
        reset: {
          why: {
            en: 'a reset comes from a socket that was destroyed: on an error, or by your program itself',
            ja: 'リセットは、ソケットが破棄されたときに起きます。エラーのためか、プログラム自身が破棄したかのどちらかです',
          },
          next: {
            en: 'find what destroys the socket, and with what error',
            ja: '何がソケットを破棄しているか、どんなエラーがあるかを調べてください',
          },
        },
        different: {
          why: {
            en: 'an echo is what came, and nothing else: nothing before it, between or after it, and nothing twice',
            ja: 'エコーは届いたものだけを返します。前にも間にも後にも何も加えず、同じものを二度返すこともありません',
          },
          next: {
            en: 'compare what your program writes with what it has just received',
            ja: '書き込むものと、いま受け取ったものを比べてください',
          },
        },
        silent: {
          next: {
            en: 'look at what your program waits for before it writes, and at whether it still listens after the first piece',
            ja: '書き込む前に何を待っているか、最初に届いた分のあとも読み続けているかを見てください',
          },
          why: {
            en: 'the client waits for its answer before it goes on: it neither sends more nor ends the connection',
            ja: 'クライアントは返事を待っています。続きも送らず、接続も終えません',
          },
        },
      })
    }
    await client.quiet()
  },
)

check(
  'echo-binary',
  {
    title: { en: 'echo sends back bytes, not text', ja: 'echo は文字列ではなくバイトを送り返す' },
    points: 1,
    restsOn: 'echo-all',
    why: {
      en: 'bytes are not characters: what is not valid UTF-8 does not survive being turned into a string and back',
      ja: 'バイトは文字ではありません。UTF-8 として正しくないものは、文字列にして戻すと失われます',
    },
    next: {
      en: 'look for the place where a Buffer becomes a string',
      ja: 'Buffer が文字列になる場所を探してください',
    },
    try: [run, "printf '\\377\\376\\200' | nc -N 127.0.0.1 43211 | od -t x1"],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.tcp.connect(address)
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    await client.send(everyByte)
    await client.receive(everyByte)
  },
)

check(
  'echo-pieces',
  {
    title: {
      en: 'echo copes with one byte at a time',
      ja: 'echo は 1 バイトずつ届いても正しく返す',
    },
    points: 1,
    restsOn: 'echo-all',
    why: {
      en: 'TCP carries a stream of bytes, and may cut it anywhere',
      ja: 'TCP が運ぶのはバイトの流れで、どこで分かれるかは決まっていません',
    },
    next: {
      en: 'look for code that expects a whole message in one piece',
      ja: '1 回で全体が届くことを前提にしたコードを探してください',
    },
    try: [run],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.tcp.connect(address, {}, { silent: true })
    const line = `one byte at a time\r\n${kit.random.word(4)}\n\0`
    kit.transcript.add('connect')
    kit.transcript.bytes('send', line)
    // Each waits for the one before: a server that saves up bytes would wait for ever.
    for (const byte of Buffer.from(line)) {
      await client.send(Buffer.of(byte))
      await client.receive(Buffer.of(byte))
    }
    // A big piece, and a small one behind it, which might be done with sooner.
    const big = kit.random.bytes(2_000)
    await client.send(big, { singly: true })
    await client.send('!')
    await client.receive(Buffer.concat([big, Buffer.from('!')]), { different: overtaken })
  },
)

check(
  'echo-half-close',
  {
    title: {
      en: 'echo answers a client that has finished sending',
      ja: 'echo は送信を終えたクライアントにも返す',
    },
    points: 2,
    restsOn: 'echo-all',
    why: {
      en: 'each direction of a connection ends by itself: the client has only said that it will send nothing more',
      ja: '接続の 2 つの向きは別々に終わります。クライアントは「もう送らない」と言っただけです',
    },
    next: {
      en: 'look at what happens on your side when the client ends, and read about allowHalfOpen',
      ja: 'クライアントが終えたとき自分の側で何が起きるかを見て、allowHalfOpen を調べてください',
    },
    try: [run, 'printf "one two three" | nc -N 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.tcp.connect(address)
    const data = kit.random.bytes(300_000)
    await client.send('last words')
    client.finish()
    await client.receive('last words', { ended: lost, reset: lost })
    await client.receiveEnd({
      silent: {
        why: {
          en: 'the client has finished and has everything back: nothing is left to say',
          ja: 'クライアントは終え、すべて受け取りました。もう話すことはありません',
        },
        next: {
          en: "look at who ends the server's side",
          ja: 'サーバー側を誰が終えるのかを見てください',
        },
      },
    })
    // So much that a part of it is still on its way back when the end of the stream arrives.
    const other = await kit.tcp.connect(address)
    await other.send(data)
    other.finish()
    await other.receive(data, { ended: lost, reset: lost, different: overtaken })
    await other.receiveEnd()
    const mute = await kit.tcp.connect(address)
    mute.finish()
    await mute.receiveEnd({
      silent: {
        why: {
          en: 'the client has finished without a word: nothing has to come back, and nothing is left to wait for',
          ja: 'クライアントは何も送らずに終えました。返すものはなく、待つものもありません',
        },
        next: {
          en: "look at what your program does at the client's end where no data came before it",
          ja: 'データが 1 つも届かないままクライアントが終えたとき、何をするかを見てください',
        },
      },
    })
  },
)

check(
  'echo-large',
  {
    title: {
      en: 'echo returns 8 MiB to a client that reads late',
      ja: 'echo は読むのが遅いクライアントにも 8 MiB を返す',
    },
    points: 2,
    restsOn: 'echo-half-close',
    why: {
      en: 'the kernel holds only a few hundred kilobytes on the way; whoever writes faster than the other side reads has to wait',
      ja: 'カーネルが途中で預かるのは数百キロバイトだけです。相手が読むより速く書くなら、待たなければなりません',
    },
    next: {
      en: 'follow the last bytes: where are they when your side is closed?',
      ja: '最後のバイトを追ってください。自分の側が閉じるとき、どこにありますか',
    },
    try: [
      run,
      'head -c 8388608 /dev/urandom > big; nc -N 127.0.0.1 43211 < big | cmp - big && echo same',
    ],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.tcp.connect(address)
    const data = kit.random.bytes(8 * 1024 * 1024)
    const sent = client.send(data, { pieces: [1, 65_536, 100_000] }).then(() => client.finish())
    // It begins to read when everything between them is full.
    await client.standstill()
    await client.receive(data, { ended: lost, reset: lost, different: overtaken })
    await sent
    await client.receiveEnd()
  },
)

check(
  'echo-reset',
  {
    title: {
      en: 'echo survives a client that resets',
      ja: 'echo はクライアントのリセットに耐える',
    },
    points: 1,
    restsOn: 'echo-half-close',
    why: {
      en: "a reset arrives as an 'error' event of that socket; an 'error' event that nobody listens to ends the whole process",
      ja: "リセットはそのソケットの 'error' イベントとして届きます。誰も処理しない 'error' イベントはプロセス全体を終わらせます",
    },
    next: {
      en: "look at who listens to each socket's 'error' event",
      ja: "各ソケットの 'error' イベントを誰が処理するかを見てください",
    },
    try: [run],
  },
  async (kit) => {
    const { address } = await start(kit)
    const rude = await kit.tcp.connect(address, {}, { name: 'A' })
    await rude.send('one')
    await rude.receive('one')
    rude.reset()
    await talk(kit, address, 'B', survives)
    const mute = await kit.tcp.connect(address, {}, { name: 'C' })
    mute.reset()
    await talk(kit, address, 'D', survives)
  },
)

check(
  'echo-idle',
  {
    title: {
      en: 'echo serves others while one client is silent',
      ja: 'echo は黙っているクライアントがいても、ほかのクライアントに応じる',
    },
    points: 1,
    restsOn: 'echo-all',
    why: {
      en: 'each connection is a socket of its own, with events of its own: none has to wait for another',
      ja: '接続はそれぞれ別のソケットで、イベントも別々です。ほかの接続を待つ必要はありません',
    },
    next: {
      en: 'look for something that all connections share',
      ja: 'すべての接続で共有しているものを探してください',
    },
    try: [run, 'nc 127.0.0.1 43211', 'nc 127.0.0.1 43211'],
  },
  async (kit) => {
    const { address } = await start(kit)
    const silent = await kit.tcp.connect(address, {}, { name: 'A' })
    const first = await kit.tcp.connect(address, {}, { name: 'B' })
    // The last one to connect speaks first: nobody is served just by his place in a queue.
    await talk(kit, address, 'C')
    await first.send('two')
    await first.receive('two')
    await silent.send('three')
    await silent.receive('three')
    // Nor is anybody waited for who does not read.
    const deaf = await stall(kit, address, 'D')
    await first.send('four')
    await first.receive('four', notForOthers)
    await talk(kit, address, 'E', notForOthers)
    // The server waits for that one to read: a promise of it may be rejected, too.
    kit.transcript.add('reset', undefined, 'D')
    deaf.close() // With bytes unread, which makes a reset of it; reset() would first send what is left.
    await talk(kit, address, 'F', survives)
  },
)

check(
  'echo-connections',
  {
    title: {
      en: 'connections() counts the open connections',
      ja: 'connections() は開いている接続を数える',
    },
    points: 1,
    restsOn: 'echo-reset',
    why: {
      en: 'a connection is open from the moment it is accepted until both sides have ended it, or one has reset it',
      ja: '接続は、受け入れてから両側が終えるまで、または片側がリセットするまで開いています',
    },
    next: {
      en: 'look at every way in which a connection can end',
      ja: '接続の終わり方をすべて見てください',
    },
  },
  async (kit) => {
    const { address, server } = await start(kit)
    const expectConnections = async (
      expected: number,
      advice: Partial<Advice> = {},
    ): Promise<void> => {
      const counted = await server.eventually('connections', expected)
      if (counted !== expected) {
        kit.fail(
          {
            en: `connections() was ${String(counted)}, where ${expected} were open`,
            ja: `開いている接続は ${expected} 個なのに、connections() は ${String(counted)} でした`,
          },
          advice,
        )
      }
    }
    const a = await talk(kit, address, 'A')
    const b = await talk(kit, address, 'B')
    await expectConnections(2)
    a.finish()
    await a.receiveEnd()
    await expectConnections(1)
    b.reset()
    await expectConnections(0)
    await stall(kit, address, 'C')
    await expectConnections(1)
    // One that says nothing is connected like any other.
    const silent = await kit.tcp.connect(address, {}, { name: 'D' })
    await expectConnections(2)
    // Only host and port together tell a client from all others. The whole of 127/8 is this machine on Linux only.
    if (process.platform !== 'linux') return
    const localPort = silent.local.port
    await kit.tcp.connect(address, {}, { name: 'E', localAddress: '127.0.0.3', localPort })
    await expectConnections(3, samePort)
  },
)

check(
  'echo-sockets',
  {
    title: {
      en: 'echo gives the socket of each connection back',
      ja: 'echo は接続ごとのソケットを閉じて解放する',
    },
    points: 1,
    restsOn: 'echo-reset',
    why: {
      en: 'the listening socket and each accepted one are different sockets on the same local port; one that is never closed stays until the process ends',
      ja: '待ち受けソケットと受け入れたソケットは、同じローカルポートを持つ別々のソケットです。閉じなければプロセスの終了まで残ります',
    },
    next: {
      en: 'see in which state the kernel keeps the socket, and who should end it',
      ja: 'カーネルがそのソケットをどの状態で持っているか、誰が終えるべきかを見てください',
    },
    try: [run, 'ss -tan "sport = 43211"'],
  },
  async (kit) => {
    if (!kernelSockets())
      kit.skip({
        en: 'the table of sockets, /proc/net/tcp, is a thing of Linux',
        ja: 'ソケットの表 /proc/net/tcp は Linux のものです',
      })
    const { address } = await start(kit)
    const states = () =>
      (kernelSockets() ?? [])
        .filter(({ localPort, state }) => localPort === address.port && state !== 'TIME_WAIT')
        .map(({ state }) => state)
        .toSorted()
    const expectStates = async (...expected: string[]): Promise<void> => {
      if (await kit.until(() => states().join() === expected.join())) return
      kit.fail({
        en: `the kernel has these sockets on the server's port: ${states().join(', ') || 'none'}; expected were ${expected.join(', ')}`,
        ja: `サーバーのポートにあるソケットは ${states().join('、') || 'なし'} です。期待したのは ${expected.join('、')} です`,
      })
    }
    await expectStates('LISTEN')
    const a = await talk(kit, address, 'A')
    const b = await talk(kit, address, 'B')
    await expectStates('ESTABLISHED', 'ESTABLISHED', 'LISTEN')
    a.finish()
    await a.receiveEnd()
    b.reset()
    await expectStates('LISTEN')
  },
)

check(
  'echo-hosts',
  {
    title: {
      en: 'startEcho() listens on the address it is given',
      ja: 'startEcho() は渡されたアドレスで待ち受ける',
    },
    points: 1,
    restsOn: 'echo-all',
    why: {
      en: 'a machine has many addresses: 127.0.0.1 and ::1 are only two of them',
      ja: 'マシンにはたくさんのアドレスがあります。127.0.0.1 と ::1 はそのうちの 2 つにすぎません',
    },
    next: { en: 'look at what becomes of host', ja: 'host がどう使われているかを見てください' },
  },
  async (kit) => {
    const host = hasIPv6() ? '::1' : '127.0.0.2'
    const { address, server } = await start(kit, { host, port: 0 })
    if (address.host !== host) {
      kit.fail({
        en: `host was "${host}", and address.address is "${address.host}"`,
        ja: `host は "${host}" ですが、address.address は "${address.host}" です`,
      })
    }
    const bound = await server.get('address')
    const family =
      bound instanceof RemoteObject ? await bound.get('family') : (bound as AddressInfo).family
    const expected = isIPv6(host) ? 'IPv6' : 'IPv4'
    if (family !== expected) {
      kit.fail({
        en: `host was "${host}", and address.family is ${JSON.stringify(family)}, where "${expected}" was expected`,
        ja: `host は "${host}" ですが、address.family は "${expected}" ではなく ${JSON.stringify(family)} です`,
      })
    }
    await talk(kit, address, 'A')
  },
)

check(
  'echo-backlog',
  {
    title: { en: 'startEcho() passes backlog on', ja: 'startEcho() は backlog を渡す' },
    points: 1,
    restsOn: 'echo-all',
    why: {
      en: 'backlog is how many finished connections the kernel keeps for a program that has not accepted them yet (Linux: one more)',
      ja: 'backlog は、確立して accept() を待つ接続をカーネルがいくつ預かるかです（Linux ではさらに 1 つ）',
    },
    next: {
      en: 'look at what becomes of backlog',
      ja: 'backlog がどう使われているかを見てください',
    },
  },
  async (kit) => {
    if (process.platform !== 'linux')
      kit.skip({
        en: 'how long the queue really is differs between systems',
        ja: '実際の待ち行列の長さはシステムによって異なります',
      })
    const backlog = kit.random.integer(1, 3)
    const { module, address } = await startAlone(kit, { ...loopback, backlog })
    const usual = await serverIn(kit, module)
    // A process that stands still accepts nobody: only the kernel's queue takes clients.
    await module.pause()
    for (const name of ['A', 'B', 'C', 'D'].slice(0, backlog + 1)) {
      await kit.tcp.connect(
        address,
        {
          silent: {
            why: {
              en: `with a backlog of ${backlog} the kernel keeps ${backlog + 1} connections for a server that does not accept`,
              ja: `backlog が ${backlog} なら、accept() を呼ばないサーバーのためにカーネルは接続を ${backlog + 1} つ預かります`,
            },
          },
        },
        { name },
      )
    }
    await kit.tcp.unanswered(address, {
      different: {
        why: {
          en: `with a backlog of ${backlog} the kernel keeps ${backlog + 1} connections for a server that does not accept; this was one more`,
          ja: `backlog が ${backlog} なら、accept() を呼ばないサーバーのためにカーネルが預かる接続は ${backlog + 1} つです。これはその次でした`,
        },
      },
    })
    for (const name of ['P', 'Q', 'R', 'S', 'T']) {
      await kit.tcp.connect(
        usual.address,
        {
          silent: {
            why: {
              en: "another server was started without a backlog: then Node's default counts, which is some hundreds",
              ja: 'もう 1 つのサーバーは backlog なしで始めました。そのときは Node の既定値になり、数百の接続を預かります',
            },
          },
        },
        { name },
      )
    }
  },
)

check(
  'echo-in-use',
  {
    title: {
      en: 'startEcho() rejects where the port is taken',
      ja: 'startEcho() の Promise は、ポートが使用中なら拒否される',
    },
    points: 1,
    restsOn: 'echo-listens',
    why: {
      en: "whether listen() worked comes later, as a 'listening' or an 'error' event; whoever called startEcho() must learn of both",
      ja: "listen() の成否は、あとから 'listening' か 'error' イベントでわかります。startEcho() の呼び出し側はどちらも知る必要があります",
    },
    next: {
      en: "look at who listens to the server's 'error' event before it listens",
      ja: "待ち受けが始まる前に、サーバーの 'error' イベントを誰が処理するかを見てください",
    },
  },
  async (kit) => {
    const taken = await kit.tcp.listen()
    const module = await kit.shared.module(file)
    const unheard = {
      why: {
        en: "the kernel's refusal comes as an 'error' event of the server; the caller only learns of it by a rejected promise",
        ja: "カーネルの拒否はサーバーの 'error' イベントとして届きます。呼び出し側には Promise の拒否でしか伝わりません",
      },
      next: {
        en: "look at who listens to the server's 'error' event, and what becomes of the promise then",
        ja: "サーバーの 'error' イベントを誰が処理し、そのとき Promise がどうなるかを見てください",
      },
    }
    await module.rejects('startEcho', [taken.address], 'EADDRINUSE', {
      silent: unheard,
      exited: unheard,
      resolved: {
        why: {
          en: 'whoever starts a server decides on its port, and must learn when he cannot have it',
          ja: 'どのポートを使うかは起動する側が決めます。使えなければ、そのことを知らせなければなりません',
        },
      },
    })
    const { address } = await serverIn(kit, module)
    await kit.tcp.connect(address)
    await module.rejects('startEcho', [address], 'EADDRINUSE', {
      resolved: {
        why: {
          en: 'the first server still listens on that port: two at once would share its clients between them',
          ja: 'そのポートでは最初のサーバーがまだ待ち受けています。2 つあると、クライアントがどちらにつながるかわかりません',
        },
      },
    })
    const host = await foreignHost()
    if (host === undefined) return
    await module.rejects('startEcho', [{ host, port: 0 }], 'EADDRNOTAVAIL', {
      silent: unheard,
      exited: unheard,
      different: {
        why: {
          en: `this machine does not have the address ${host}: the error of the system says so, and by its code programs decide`,
          ja: `このマシンに ${host} というアドレスはありません。システムのエラーはそう伝え、プログラムはその code で判断します`,
        },
        next: {
          en: 'look at which error your program rejects with',
          ja: 'どのエラーで拒否しているかを見てください',
        },
      },
    })
  },
)

check(
  'echo-close',
  {
    title: { en: 'close() closes everything', ja: 'close() はすべてを閉じる' },
    points: 2,
    restsOn: 'echo-all',
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
    const unused = await serverIn(kit, module)
    await unused.server.call('close', [], {
      silent: {
        why: {
          en: 'nobody was connected: there was only the listening socket to close',
          ja: '誰も接続していませんでした。閉じるものは待ち受けソケットだけでした',
        },
        next: {
          en: 'look at what close() waits for when there is no connection',
          ja: '接続がないとき、close() が何を待っているかを見てください',
        },
      },
    })
    const neighbor = await serverIn(kit, module)
    const visitor = await talk(kit, neighbor.address, 'N')
    const silent = await kit.tcp.connect(address, {}, { name: 'A' })
    const busy = await talk(kit, address, 'B')
    const deaf = await stall(kit, address, 'C')
    await server.call('close', [], {
      silent: {
        why: {
          en: 'server.close() stops listening, and then waits for open connections; three clients are connected, do not leave by themselves, and one of them does not even read',
          ja: 'server.close() は待ち受けをやめ、開いている接続の終わりを待ちます。3 つのクライアントが接続したままで、自分からは去らず、その 1 つは読みもしません',
        },
        next: {
          en: 'look at what becomes of the connections that are still open',
          ja: 'まだ開いている接続がどうなるかを見てください',
        },
      },
    })
    // What is closed but not yet taken note of by the client is in other states than these.
    const open = kernelSockets()?.filter(
      ({ localPort, state }) =>
        localPort === address.port && ['LISTEN', 'ESTABLISHED', 'CLOSE_WAIT'].includes(state),
    )
    if (open && open.length > 0) {
      const states = open.map(({ state }) => state).toSorted()
      kit.fail(
        {
          en: `close() had resolved, and the kernel had these sockets open on the server's port: ${states.join(', ')}`,
          ja: `close() が解決したとき、サーバーのポートにはまだ開いたソケットがありました: ${states.join('、')}`,
        },
        {
          why: {
            en: 'whoever waits for close() goes on in the belief that all of it is done',
            ja: 'close() を待った側は、すべて終わったと思って先に進みます',
          },
          next: {
            en: 'look at what close() waits for',
            ja: 'close() が何を待っているかを見てください',
          },
        },
      )
    }
    await silent.gone()
    await busy.gone()
    await deaf.gone()
    await visitor.send('still here')
    await visitor.receive('still here', {
      ended: otherServer,
      reset: otherServer,
      silent: otherServer,
    })
    await neighbor.server.call('close')
    await visitor.gone()
    // One more connects in the moment in which close() is called: both are waiting when the process goes on.
    const besieged = await serverIn(kit, module)
    await module.pause()
    const closed = module.begin(besieged.server.handle, 'close', 'close', [])
    const late = await kit.tcp.connect(besieged.address, {}, { name: 'L' })
    module.resume()
    await closed.value({ silent: stillListens })
    await late.gone()
    await kit.tcp.refused(address, {
      different: {
        why: {
          en: 'close() had resolved, and the server still listened',
          ja: 'close() が解決したのに、サーバーはまだ待ち受けていました',
        },
        next: {
          en: 'look at what becomes of the server',
          ja: 'サーバーがどうなるかを見てください',
        },
      },
    })
    await module.ends({
      running: {
        why: {
          en: 'nobody listens and nobody is connected any more, but a Node process ends only when nothing is left that it waits for: a timer, for one',
          ja: '待ち受けも接続も終わりました。それでも Node のプロセスは、タイマーなど待つものが残っていると終わりません',
        },
      },
    })
    // Nothing of it is left: the port can be listened on at once, by the program that the file is too.
    const again = await kit.program(file, [String(address.port)]).listening(asProgram)
    if (again.port !== address.port) {
      kit.fail(
        {
          en: 'the argument of echo.ts was a port, and it listens on another',
          ja: 'echo.ts の引数はポートでしたが、別のポートで待ち受けています',
        },
        asProgram.silent,
      )
    }
    await talk(kit, again, 'D')
  },
)

const everyAddress = {
  why: {
    en: 'it was told to listen on 127.0.0.1, and listens on other addresses of the machine too',
    ja: '127.0.0.1 で待ち受けるはずが、マシンのほかのアドレスでも待ち受けています',
  },
  next: { en: 'look at what becomes of host', ja: 'host がどう使われているかを見てください' },
  try: [run, 'nc -v 127.0.0.2 43211'],
}

const lost = {
  why: {
    en: 'the server closed its side, or the whole socket, before everything was on its way back, or threw some of it away',
    ja: 'すべてを送り返す前に、サーバーが自分の側かソケット全体を閉じたか、一部を捨てました',
  },
}

const overtaken = {
  why: {
    en: 'bytes come back in the order in which they came: either a later piece has overtaken an earlier one, or some were thrown away or changed',
    ja: 'バイトは届いた順に返します。あとの分が前の分を追い越したか、一部が捨てられたか、変わっています',
  },
  next: {
    en: 'look at whether a piece can be written before the one in front of it, or not at all',
    ja: '届いた分が前の分より先に書かれることや、書かれないことがないかを見てください',
  },
}

const unheardError = {
  why: {
    en: "a reset arrives as an 'error' event of that socket; an 'error' event that nobody listens to ends the whole process",
    ja: "リセットはそのソケットの 'error' イベントとして届きます。誰も処理しない 'error' イベントはプロセス全体を終わらせます",
  },
  next: {
    en: "look at who listens to each socket's 'error' event, and from when until when",
    ja: "各ソケットの 'error' イベントを、誰がいつからいつまで処理するかを見てください",
  },
}

const shunned = {
  why: {
    en: 'one client has reset its connection, and the server serves nobody any more: a mishap of one concerns that one only',
    ja: '1 つのクライアントがリセットしただけで、サーバーは誰にも応じなくなりました。1 つの接続の異常はその接続だけのものです',
  },
  next: {
    en: "look at what your program does when a socket has an 'error'",
    ja: "ソケットに 'error' が起きたとき、プログラムが何をするかを見てください",
  },
}

/** A server that goes on after a client has reset its connection. */
const survives: Explain = {
  exited: unheardError,
  refused: shunned,
  ended: shunned,
  reset: shunned,
}

const notForOthers = {
  silent: {
    why: {
      en: 'another client had sent 8 MiB, and did not read: whoever waits for that one must not let the others wait',
      ja: '別のクライアントが 8 MiB を送ったまま読んでいません。それを待つ間も、ほかのクライアントを待たせてはいけません',
    },
    next: {
      en: "look at what is paused, or waited for, when one client's write() returns false",
      ja: '1 つのクライアントの write() が false を返したとき、何を止め、何を待っているかを見てください',
    },
  },
}

const samePort = {
  why: {
    en: 'the last two clients have the same port on different hosts: a port alone does not tell one client from another',
    ja: '最後の 2 つのクライアントは、ホストが違いポートが同じです。ポートだけではクライアントを区別できません',
  },
  next: {
    en: 'look at what your program tells connections apart by',
    ja: '接続を何で区別しているかを見てください',
  },
}

const stillListens = {
  why: {
    en: 'a client connected while close() was under way: whoever is let in then must be closed as well, or close() waits for him for ever',
    ja: 'close() の途中でクライアントが接続しました。そこで受け入れた接続も閉じなければ、close() はそれを待ち続けます',
  },
  next: {
    en: 'look at the order in which close() does its work, and at who can still get in meanwhile',
    ja: 'close() が行うことの順序と、その間にまだ誰かが接続できないかを見てください',
  },
}

const otherServer = {
  why: {
    en: 'two servers were started in this process: close() of one concerns its own connections only',
    ja: 'このプロセスではサーバーを 2 つ始めました。close() が閉じるのは、そのサーバーの接続だけです',
  },
  next: {
    en: 'look for variables outside of startEcho()',
    ja: 'startEcho() の外にある変数を探してください',
  },
}

const whatFor = {
  why: {
    en: 'echo.ts is a program too: its last lines in the starter listen on the port of its argument, and say where',
    ja: 'echo.ts はプログラムでもあります。スターターの最後の数行が、引数のポートで待ち受け、その場所を表示します',
  },
  next: {
    en: 'compare the last lines with those of the starter',
    ja: '最後の数行をスターターと比べてください',
  },
  try: [run],
}
const asProgram = { silent: whatFor, exited: whatFor }

/** Starts a server in the process that the checks share. */
async function start(kit: Kit, options?: object) {
  return serverIn(kit, await kit.shared.module(file), options)
}

/** Starts a server in a process of its own, for a check that could harm others. */
export async function startAlone(kit: Kit, options?: object) {
  return serverIn(kit, await kit.module(file), options)
}

async function serverIn(kit: Kit, module: Module, options: object = loopback) {
  const server = await module.object('startEcho', [options])
  return { module, server, address: await server.address() }
}

/** Connects, and has one word sent back. */
async function talk(kit: Kit, address: Address, name: string, explain: Explain = {}) {
  const client = await kit.tcp.connect(address, explain, { name })
  await client.send('hello')
  await client.receive('hello', explain)
  return client
}

/** A client that sends much, finishes, and reads nothing: most of it stays under way. */
async function stall(kit: Kit, address: Address, name: string) {
  const client = await kit.tcp.connect(address, {}, { name })
  void client.send(Buffer.alloc(8 * 1024 * 1024))
  client.finish()
  await client.standstill()
  return client
}
