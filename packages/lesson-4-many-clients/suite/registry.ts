import { check, foreignHost, hasIPv6 } from '@socket-dojo/testkit'
import {
  bothEnds,
  count,
  expectHost,
  expectList,
  file,
  join,
  loopback,
  nobodyAnswers,
  receiveEnds,
  registryIn,
  run,
  start,
  startAlone,
  who,
} from './registry-server.ts'

check(
  'registry-listens',
  {
    title: {
      en: 'startRegistry() listens, and says where',
      ja: 'startRegistry() は待ち受け、その場所を返す',
    },
    points: 1,
    why: {
      en: 'port 0 asks the kernel for a free port; which one it is, is known only once the server listens',
      ja: 'ポート 0 はカーネルに空きポートを求めます。どのポートかは、待ち受けを始めて初めてわかります',
    },
    next: {
      en: 'look at when startRegistry() resolves, and at what address holds then',
      ja: 'startRegistry() がいつ解決するか、そのとき address が何かを見てください',
    },
    try: [run, 'nc -v 127.0.0.1 43211'],
  },
  async (kit) => {
    const { module, address } = await start(kit)
    await kit.tcp.connect(address)
    await module.rejects('startRegistry', [address], 'EADDRINUSE', {
      exited: {
        why: {
          en: "whether listen() worked comes later, as a 'listening' or an 'error' event; whoever called startRegistry() must learn of both",
          ja: "listen() の成否は、あとから 'listening' か 'error' イベントでわかります。startRegistry() の呼び出し側はどちらも知る必要があります",
        },
      },
      resolved: {
        why: {
          en: 'the port is taken, and whoever asked for it must learn so: clients will come to that port, and look for the server at no other',
          ja: 'そのポートは使用中で、頼んだ側はそれを知る必要があります。クライアントが来るのはそのポートで、ほかのポートは探しません',
        },
        next: {
          en: 'look at what you do when listen() fails',
          ja: 'listen() が失敗したときに何をしているかを見てください',
        },
      },
    })
    const host = await foreignHost()
    if (host === undefined) return
    await module.rejects('startRegistry', [{ host, port: 0 }], 'EADDRNOTAVAIL', {
      silent: {
        why: {
          en: "a taken port is only one of the reasons why listen() can fail: an 'error' with another code is one, too, and nobody would ever learn of it",
          ja: "listen() が失敗する理由は、ポートが使用中であることだけではありません。ほかのコードの 'error' も失敗で、このままでは誰にも伝わりません",
        },
        next: {
          en: "look at which errors your 'error' handler hands on",
          ja: "'error' のハンドラーがどのエラーを伝えているかを見てください",
        },
      },
    })
  },
)

check(
  'registry-who',
  {
    title: {
      en: 'W tells both ends of the connection that asks',
      ja: 'W は尋ねた接続の両端を答える',
    },
    points: 2,
    restsOn: 'registry-listens',
    why: {
      en: 'each accepted socket knows its own two ends: the local one has the same port as the listening socket, the remote one is the client',
      ja: '受け入れたソケットはそれぞれ自分の両端を知っています。ローカルは待ち受けソケットと同じポート、リモートはクライアントです',
    },
    next: {
      en: 'look at where the two addresses and the two ports come from',
      ja: '2 つのアドレスと 2 つのポートをどこから取っているかを見てください',
    },
    try: [run, 'nc 127.0.0.1 43211', 'ss -tn "sport = 43211"'],
  },
  async (kit) => {
    const { address } = await start(kit)
    const a = await join(kit, address, 'A')
    await join(kit, address, 'B', {}, { silent: nobodyAnswers })
    // The first asks again: whoever came last is not who asks.
    await who(kit, a, address)
  },
)

check(
  'registry-thread',
  {
    title: {
      en: 'one thread serves all clients',
      ja: '1 つのスレッドがすべてのクライアントに応じる',
    },
    points: 2,
    restsOn: 'registry-who',
    why: {
      en: 'the kernel tells one thread which of its many sockets has something to read (epoll): neither a process nor a thread for each client is needed',
      ja: '多くのソケットのうちどれが読めるかは、カーネルが 1 つのスレッドに教えます（epoll）。クライアントごとのプロセスもスレッドも要りません',
    },
    next: {
      en: 'look for what you start when a client comes',
      ja: 'クライアントが来たときに何を起動しているかを見てください',
    },
    try: [run, 'ls /proc/$(pgrep -nf registry)/task | wc -l'],
  },
  async (kit) => {
    const { module, address } = await startAlone(kit)
    await join(kit, address, 'A') // What starts with the first client, and once, may be there.
    let before = module.threads
    for (const name of ['B', 'C', 'D']) {
      await join(kit, address, name)
      const { threads } = module
      // What starts later, and once, may be there too: libuv begins all threads of its pool together (uv_queue_work()).
      if (threads <= before) return
      before = threads
    }
    kit.fail({
      en: 'with each of three more clients there are more threads or processes than before',
      ja: 'クライアントが 1 つ増えるたびに、3 回続けてスレッドまたはプロセスも増えました',
    })
  },
)

check(
  'registry-count',
  {
    title: { en: 'C counts the sessions', ja: 'C はセッションを数える' },
    points: 1,
    restsOn: 'registry-who',
    why: {
      en: 'every connection is a session of its own, also where several come from one process or one address',
      ja: '同じプロセスや同じアドレスから来ても、接続はそれぞれ別のセッションです',
    },
    next: {
      en: 'look at what tells two of your sessions apart',
      ja: '2 つのセッションを何で区別しているかを見てください',
    },
    try: [run, 'nc 127.0.0.1 43211', 'nc 127.0.0.1 43211'],
  },
  async (kit) => {
    const { module, address } = await start(kit)
    const a = await join(kit, address, 'A')
    await count(a, 1)
    const b = await join(kit, address, 'B')
    await count(b, 2)
    await join(kit, address, 'C')
    await count(a, 3, {
      different: {
        why: {
          en: 'all three clients are connected, and have been answered; three connections from one address, of one process, are three sessions',
          ja: '3 つのクライアントはすべて接続し、返事ももらっています。同じアドレス、同じプロセスからでも、3 つの接続は 3 つのセッションです',
        },
      },
    })
    const other = await registryIn(kit, module)
    const d = await join(kit, other.address, 'D')
    await count(d, 1, {
      different: {
        why: {
          en: 'D has come to a second registry, that was started in the same process: nobody else is connected to that one',
          ja: 'D がつないだのは、同じプロセスで起動した 2 つ目のレジストリです。そこにはほかに誰もつながっていません',
        },
        next: {
          en: 'look at where your sessions are kept: does each call of startRegistry() have its own?',
          ja: 'セッションをどこに置いているかを見てください。startRegistry() の呼び出しごとに別のものですか',
        },
      },
    })
  },
)

check(
  'registry-commands',
  {
    title: {
      en: 'commands are answered however they are cut',
      ja: 'コマンドがどう区切られて届いても答える',
    },
    points: 1,
    restsOn: 'registry-count',
    why: {
      en: 'TCP carries a stream of bytes: two commands may come in one piece, and what nc sends ends with a newline',
      ja: 'TCP が運ぶのはバイトの流れです。2 つのコマンドがまとめて届くこともあり、nc が送るものの最後には改行が付きます',
    },
    next: {
      en: "look at what happens to each byte of a 'data' event",
      ja: "'data' イベントの 1 バイトごとに何が起きるかを見てください",
    },
    try: [run, "printf 'CWC\\nC' | nc -N 127.0.0.1 43211"],
  },
  async (kit) => {
    const { address } = await start(kit)
    const a = await join(kit, address, 'A')
    await a.send('CCC')
    await a.receive('1\n1\n1\n', {
      silent: {
        why: {
          en: 'three commands were sent in one piece, and each of them wants its answer',
          ja: '3 つのコマンドをまとめて送りました。それぞれに返事が必要です',
        },
      },
    })
    await a.send('C\nC\r\n', { pieces: [1], singly: true })
    await a.receive('1\n1\n')
    await a.send('C\n\nC\r\nC')
    await a.receive('1\n1\n1\n', {
      silent: {
        why: {
          en: 'three commands were sent in one piece, with newlines between them: a newline is ignored, and what comes after it is not',
          ja: '3 つのコマンドを、間に改行を入れてまとめて送りました。無視するのは改行だけで、そのあとのコマンドには返事が必要です',
        },
      },
    })
    await a.send('CWC')
    await a.receive('1\n')
    await receiveEnds(kit, a, address, {
      different: {
        why: {
          en: 'C, W and C were sent in one piece: their answers come in the order in which they were asked, for nothing else tells which is which',
          ja: 'C、W、C をまとめて送りました。返事は尋ねた順に返します。どれがどの返事かは、順序でしかわかりません',
        },
      },
    })
    await a.receive('1\n')
    // Bytes that are no command, among them some that are no text.
    await a.send(Buffer.from([0x63, 0x00, 0xff, 0x80, 0xc3, 0x20]))
    await a.quiet({
      extra: {
        why: {
          en: 'only W, C and X are commands: every other byte is ignored, also a small letter, and C3, which differs from C only in its highest bit',
          ja: 'コマンドは W、C、X だけです。ほかのバイトは、小文字も、最上位ビットだけが C と違う C3 も無視します',
        },
      },
    })
    const ignored = {
      why: {
        en: 'only W, C and X are commands, and the first answer has to be that to the C that was sent last: every other byte is ignored, also one that would be of use in a terminal',
        ja: 'コマンドは W、C、X だけで、最初の返事は最後に送った C への返事でなければなりません。ほかのバイトは、端末で使えると便利なものも、すべて無視します',
      },
      next: {
        en: 'look at which bytes your program compares with: is there one besides W, C and X?',
        ja: 'プログラムがどのバイトと比べているかを見てください。W、C、X のほかにありませんか',
      },
    }
    for (const bytes of otherBytes) {
      await a.send(Buffer.from(bytes))
      await count(a, 1, { different: ignored, ended: ignored, reset: ignored, silent: ignored })
    }
    await a.quiet({ extra: ignored, ended: ignored, reset: ignored })
  },
)

check(
  'registry-sessions',
  {
    title: { en: 'sessions() lists both ends of each', ja: 'sessions() は両端を一覧にする' },
    points: 1,
    restsOn: 'registry-count',
    why: {
      en: 'the list holds what is connected now, each connection by its two ends as W writes them',
      ja: '一覧にあるのは今つながっている接続で、それぞれ W と同じ書き方の両端を持ちます',
    },
    next: {
      en: 'look at what you store of a connection, and when',
      ja: '接続の何を、いつ保存しているかを見てください',
    },
  },
  async (kit) => {
    const { address, server } = await start(kit)
    const clients = [
      await join(kit, address, 'A'),
      await join(kit, address, 'B'),
      await join(kit, address, 'C'),
    ]
    const expected = clients.map((client) => bothEnds(address, client))
    await expectList(kit, server, expected)
  },
)

check(
  'registry-wildcard',
  {
    title: {
      en: 'W is right on every address of the server',
      ja: 'W はサーバーのどのアドレスでも正しい',
    },
    points: 2,
    restsOn: 'registry-who',
    why: {
      en: 'a socket that listens on every address has none of its own; each accepted socket has the address that its client connected to',
      ja: 'すべてのアドレスで待ち受けるソケットに固有のアドレスはありません。受け入れたソケットは、クライアントが接続してきたアドレスを持ちます',
    },
    next: {
      en: 'look at how an address becomes text: IPv4, IPv6, and IPv4 that arrives at an IPv6 socket',
      ja: 'アドレスがどう文字列になるかを見てください。IPv4、IPv6、そして IPv6 のソケットに届いた IPv4 です',
    },
    try: ['pnpm dojo start lesson-4 registry 43211 ::', 'nc 127.0.0.1 43211', 'nc ::1 43211'],
  },
  async (kit) => {
    const wildcard = await start(kit, { host: '0.0.0.0', port: 0 })
    await join(kit, { host: '127.0.0.1', port: wildcard.address.port }, 'A')
    if (!hasIPv6()) return
    const both = await start(kit, { host: '::', port: 0 })
    const six = { host: '::1', port: both.address.port }
    const b = await join(kit, six, 'B')
    // Another address than most have, where the system has more than one.
    const [host, localAddress] = isLinux ? ['127.0.0.2', '127.0.0.3'] : ['127.0.0.1', '127.0.0.1']
    const four = { host, port: both.address.port }
    const c = await join(kit, four, 'C', { localAddress })
    await count(b, 2)
    await expectList(kit, both.server, [bothEnds(six, b), bothEnds(four, c)], {
      different: {
        why: {
          en: 'sessions() writes both ends of a connection as W does: the address to which the client connected, and IPv4 as IPv4',
          ja: 'sessions() が示す両端の書き方は W と同じです。クライアントが接続してきたアドレスで、IPv4 は IPv4 として書きます',
        },
        next: {
          en: 'look at where the addresses of sessions() come from, and at where those of W do',
          ja: 'sessions() のアドレスと W のアドレスを、それぞれどこから取っているかを見てください',
        },
      },
    })
  },
)

check(
  'registry-program',
  {
    title: {
      en: 'registry runs as a program on the address it is given',
      ja: 'registry は指定されたアドレスでプログラムとして動く',
    },
    points: 1,
    restsOn: 'registry-who',
    why: {
      en: 'whoever starts it names the port and the address, and reads where it really listens',
      ja: '起動する側がポートとアドレスを指定し、実際の待ち受け場所を読み取ります',
    },
    next: {
      en: 'compare the end of the file with the starter',
      ja: 'ファイルの末尾をスターターと比べてください',
    },
    try: ['pnpm dojo start lesson-4 registry 43211 127.0.0.2'],
  },
  async (kit) => {
    // Neither is the default, so that it shows whether they are read.
    const host = isLinux ? '127.0.0.2' : loopback.host
    const port = await kit.freePort()
    const address = await kit.program(file, [String(port), host]).listening()
    expectHost(kit, address, host)
    if (address.port !== port) {
      kit.fail({
        en: 'it listens on another port than the one that it was given',
        ja: '指定されたポートとは別のポートで待ち受けています',
      })
    }
    await join(kit, address, 'A')
    const byDefault = await kit.program(file, ['0']).listening()
    expectHost(kit, byDefault, loopback.host)
    await join(kit, byDefault, 'B')
  },
)

const isLinux = process.platform === 'linux'

/** Every byte that is no command, in groups by what it is in ASCII. */
const otherBytes = [
  [0x00, 0x1f],
  [0x20, 0x40],
  [0x41, 0x5a],
  [0x5b, 0x60],
  [0x61, 0x7a],
  [0x7b, 0x7f],
  [0x80, 0xff],
].map(([first = 0, last = 0]) =>
  Buffer.alloc(last - first + 1)
    .map((_, index) => first + index)
    .filter((byte) => !'WCX'.includes(String.fromCharCode(byte))),
)
