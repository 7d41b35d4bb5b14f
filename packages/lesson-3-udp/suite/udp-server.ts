import { check, type Kit, type Program, quote, same } from '@socket-dojo/testkit'

const file = 'udp-server.ts'
/** So many datagrams that it does not end while checks share it. */
const many = ['0', '1000']
const run = 'pnpm dojo start lesson-3 udp-server 43211 3'
const send = 'echo -n hello | nc -u -q 0 127.0.0.1 43211'

check(
  'server-listens',
  {
    title: {
      en: 'udp-server receives where it is told, and says so',
      ja: 'udp-server は指定された場所で受信し、それを表示する',
    },
    points: 1,
    why: {
      en: 'a datagram only reaches the address and port that a UDP socket is bound to',
      ja: 'データグラムが届くのは、UDP ソケットがバインドされたアドレスとポートだけです',
    },
    next: {
      en: 'look at the arguments of bind(), and at socket.address() once it is bound',
      ja: 'bind() の引数と、バインド後の socket.address() を見てください',
    },
    try: [run, 'ss -uan "sport = 43211"'],
  },
  async (kit) => {
    const server = kit.shared.program(file, many)
    const { host, port } = await server.listening()
    if (host !== '127.0.0.1' || port === 0) {
      kit.fail({
        en: `it said that it receives on ${host}${port === 0 ? ', port 0' : ''}, where 127.0.0.1 and a real port were expected`,
        ja: `127.0.0.1 と実際のポートではなく、${host}${port === 0 ? ' のポート 0' : ''} で受信していると表示しました`,
      })
    }
    if (process.platform !== 'linux') return
    // The rest of 127/8 is this machine too: a socket on all addresses would receive there.
    await kit.udp.refused(
      { host: '127.0.0.2', port },
      {
        different: {
          why: {
            en: 'without an address, bind() takes datagrams on every address of the machine, from the network too',
            ja: 'アドレスを省略すると、bind() はネットワーク側も含め、マシンのすべてのアドレスで受信します',
          },
        },
      },
    )
  },
)

check(
  'server-prints',
  {
    title: {
      en: 'udp-server prints each datagram on a line of its own',
      ja: 'udp-server はデータグラムを 1 つずつ 1 行で表示する',
    },
    points: 2,
    restsOn: 'server-listens',
    why: {
      en: 'UDP keeps what is sent together together, and apart what is sent apart: one datagram, one message, complete',
      ja: 'UDP はまとめて送ったものをまとめて、別々に送ったものを別々に届けます。1 つのデータグラムが 1 つのメッセージの全体です',
    },
    next: {
      en: "look at what happens in one 'message' event, and what is left over for the next",
      ja: "1 回の 'message' イベントで何をし、次に何を残しているかを見てください",
    },
    try: [run, send],
  },
  async (kit) => {
    const long = kit.random.word(5_000, 'long')
    const text = `ソケット ${kit.random.word(4)}`
    const words = ['one', 'twice', 'twice', ' blank ', text, long, 'last']
    const server = kit.program(file, ['0', String(words.length)])
    const client = await kit.udp.connect(await server.listening())
    for (const word of words) await client.send(word)
    for (const word of words) {
      await server.prints(word, word === long ? quote(word) : same(`"${word}"`))
    }
    // Whether more comes after the last is known only where the program has ended.
    expectPrinted(kit, words, linesOf(server).slice(0, words.length))
  },
)

check(
  'server-senders',
  {
    title: {
      en: 'udp-server receives from everybody',
      ja: 'udp-server は誰からでも受信する',
    },
    points: 1,
    restsOn: 'server-prints',
    why: {
      en: 'UDP has no connections: one socket receives from all senders, with nothing to accept first',
      ja: 'UDP に接続はありません。1 つのソケットが、何も受け入れることなくすべての送信者から受信します',
    },
    next: {
      en: 'look for something that ties the socket to its first sender',
      ja: '最初の送信者だけにソケットを結びつけているものを探してください',
    },
    try: [run, send],
  },
  async (kit) => {
    const server = kit.shared.program(file, many)
    const address = await server.listening()
    const a = await kit.udp.connect(address, { name: 'A' })
    const b = await kit.udp.connect(address, { name: 'B' })
    const words = [1, 2, 3].map((number) => `${number} ${kit.random.word(5, String(number))}`)
    for (const [index, word] of words.entries()) await (index === 1 ? b : a).send(word)
    for (const word of words) await server.prints(word, same(`"${word}"`))
  },
)

check(
  'server-ends',
  {
    title: {
      en: 'udp-server ends after as many datagrams as it was told',
      ja: 'udp-server は指定された数を受信したら終了する',
    },
    points: 2,
    restsOn: 'server-prints',
    why: {
      en: 'a Node process ends by itself when nothing is left that it waits for; an open UDP socket is such a thing',
      ja: 'Node のプロセスは待つものがなくなると自然に終わります。開いた UDP ソケットはその 1 つです',
    },
    next: {
      en: 'count the datagrams, and see what is still open after the last',
      ja: 'データグラムを数え、最後の 1 個のあとに何が開いたままかを見てください',
    },
    try: [run, send],
  },
  async (kit) => {
    const wanted = kit.random.integer(3, 6)
    const server = kit.program(file, ['0', String(wanted)])
    const client = await kit.udp.connect(await server.listening())
    const words = Array.from({ length: wanted + 2 }, (_, index) => `number ${index + 1}`)
    for (const word of words) await client.send(word)
    await server.exits(0, {
      running: {
        why: {
          en: `it was told to end after ${wanted} datagrams, and more have come`,
          ja: `${wanted} 個で終わるよう指示され、それより多く届いています`,
        },
      },
    })
    const lines = linesOf(server)
    const printed = words.filter((word) => lines.includes(word))
    if (printed.join() !== words.slice(0, wanted).join()) {
      kit.fail(
        {
          en: `it was told to print ${wanted} datagrams, and printed ${printed.length} of the ${words.length} that came`,
          ja: `${wanted} 個を表示するよう指示されましたが、届いた ${words.length} 個のうち ${printed.length} 個を表示しました`,
        },
        {
          why: {
            en: 'it was told how many to print: what comes after the last of them is no business of its own any more',
            ja: '表示する数は指示されています。最後の 1 個のあとに届くものは、もう扱いません',
          },
        },
      )
    }
    expectPrinted(kit, printed, lines)
  },
)

check(
  'server-empty',
  {
    title: {
      en: 'udp-server takes an empty datagram like any other',
      ja: 'udp-server は空のデータグラムも同じように扱う',
    },
    points: 1,
    restsOn: 'server-ends',
    why: {
      en: 'a datagram of 0 bytes is a datagram: it arrives, and it is not the end of anything as it would be with TCP',
      ja: '0 バイトのデータグラムも届く 1 つのデータグラムです。TCP と違い、何かの終わりを意味しません',
    },
    next: {
      en: 'look for a condition on the message or its length',
      ja: 'メッセージやその長さを条件にしているところを探してください',
    },
    try: [run, 'pnpm dojo start lesson-3 udp-client 127.0.0.1 43211 one "" three'],
  },
  async (kit) => {
    const server = kit.program(file, ['0', '2'])
    const client = await kit.udp.connect(await server.listening())
    await client.send('')
    await client.send('after')
    await server.prints('', { en: 'the empty datagram', ja: '空のデータグラム' })
    await server.prints('after', same('"after"'))
    await server.exits(0, {
      running: {
        why: {
          en: 'it was told to end after 2 datagrams, and 2 have come: an empty one counts',
          ja: '2 個で終わるよう指示され、2 個届きました。空のデータグラムも数えます',
        },
      },
    })
    expectPrinted(kit, ['', 'after'], linesOf(server))
  },
)

check(
  'server-beside-tcp',
  {
    title: {
      en: 'udp-server takes a port number that a TCP server has',
      ja: 'udp-server は TCP サーバーと同じ番号のポートを使える',
    },
    points: 1,
    restsOn: 'server-ends',
    why: {
      en: 'TCP and UDP have port numbers of their own: TCP port 53 and UDP port 53 are two different places',
      ja: 'ポート番号は TCP と UDP で別々です。TCP の 53 番と UDP の 53 番は別の場所です',
    },
    next: {
      en: 'look at what becomes of the port argument, and at what kind of socket you bind',
      ja: '引数のポートがどう使われるか、どの種類のソケットをバインドしているかを見てください',
    },
    try: ['nc -l 127.0.0.1 43211', run],
  },
  async (kit) => {
    const { address } = await kit.tcp.listen('127.0.0.1', await kit.freePort())
    const server = kit.program(file, [String(address.port), '1'])
    const { port } = await server.listening({
      exited: {
        why: {
          en: 'a TCP server has this number, which leaves the UDP port of the same number free: they are two different ports',
          ja: 'この番号は TCP サーバーが使っていますが、同じ番号の UDP ポートは空いています。別々のポートだからです',
        },
        next: {
          en: 'look for what your program does with TCP: a UDP server needs none of it',
          ja: 'プログラムが TCP を使っているところを探してください。UDP サーバーには必要ありません',
        },
      },
    })
    if (port !== address.port) {
      kit.fail({
        en: 'it receives on another port than the one that it was given',
        ja: '渡されたポートとは別のポートで受信しています',
      })
    }
    const client = await kit.udp.connect(address)
    await client.send('beside TCP')
    await server.prints('beside TCP', same('"beside TCP"'))
    await server.exits(0, {
      running: {
        why: {
          en: 'it was told to end after 1 datagram, and 1 has come',
          ja: '1 個で終わるよう指示され、1 個届きました',
        },
        next: {
          en: 'look at how you compare what you have counted with what you were told',
          ja: '数えたものを、指示された数とどう比べているかを見てください',
        },
      },
    })
  },
)

/** The lines that a server has printed on stdout since it said where it listens. */
function linesOf({ stdout }: Program): string[] {
  const lines = stdout.replace(/\n$/, '').split('\n')
  const ready = lines.findIndex((line) => line.startsWith('listening on '))
  return lines.slice(ready + 1).map((line) => line.replace(/\r$/, ''))
}

/**
 * Expects that no datagram stands where another belongs, nor once more. A remark of the program's own is no datagram: the
 * contract does not forbid it.
 */
function expectPrinted(kit: Kit, datagrams: string[], lines: string[]): void {
  const printed = lines.filter((line) => line === '' || datagrams.includes(line))
  const at = printed.findIndex((line, index) => line !== datagrams[index])
  if (at < 0) return
  const found = quote(printed[at]!)
  const wanted = datagrams[at] === undefined ? nothing : quote(datagrams[at])
  kit.fail(
    {
      en: `datagram ${at + 1} on stdout was ${found.en}, where ${wanted.en} was expected`,
      ja: `stdout の ${at + 1} つ目のデータグラムは ${found.ja} でした（期待: ${wanted.ja}）`,
    },
    {
      why: {
        en: 'whoever reads what it prints takes each line for one datagram: each is there as often as it came, in the order in which it came',
        ja: '出力を読む側は、1 行を 1 つのデータグラムとみなします。届いた回数だけ、届いた順に並びます',
      },
      next: {
        en: 'look at everything that prints, and at what you print for one datagram; remarks of your own belong on stderr',
        ja: '出力しているところすべてと、1 つのデータグラムについて何を出力するかを見てください。自分用のメモは stderr に書きます',
      },
    },
  )
}

const nothing = { en: 'no more', ja: 'なし' }
