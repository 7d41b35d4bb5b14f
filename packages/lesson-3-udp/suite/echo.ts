import { inspect } from 'node:util'
import {
  type Address,
  check,
  type Explain,
  type Kit,
  longestDatagram,
  type Module,
  type RemoteObject,
} from '@socket-dojo/testkit'
import { everywhere, onIPv6, onLinux } from './common.ts'

const file = 'echo.ts'
const run = 'pnpm dojo start lesson-3 echo 43211'
const talkTo = 'nc -u 127.0.0.1 43211'
const loopback = { host: '127.0.0.1', port: 0 }

check(
  'echo-listens',
  {
    title: {
      en: 'startUdpEcho() receives, and says where',
      ja: 'startUdpEcho() は受信を始め、その場所を返す',
    },
    points: 1,
    why: {
      en: 'port 0 asks the kernel for a free port; which one it is, is known only once the socket is bound',
      ja: 'ポート 0 はカーネルに空きポートを求めます。どのポートかは、バインドされて初めてわかります',
    },
    next: {
      en: 'look at when startUdpEcho() resolves, and at what address holds then',
      ja: 'startUdpEcho() がいつ解決するか、そのとき address が何かを見てください',
    },
    try: [run, 'ss -uan "sport = 43211"'],
  },
  async (kit) => {
    const { address } = await start(kit)
    if (!(address.port > 0) || address.host !== '127.0.0.1') {
      kit.fail({
        en: `address was { address: ${JSON.stringify(address.host)}, port: ${address.port > 0 ? '<port>' : String(address.port)} } when startUdpEcho() had resolved`,
        ja: `startUdpEcho() が解決したとき address は { address: ${JSON.stringify(address.host)}, port: ${address.port > 0 ? '<port>' : String(address.port)} } でした`,
      })
    }
    const client = await kit.udp.connect(address)
    await client.send('anybody?')
    await client.receive('anybody?', sentElsewhere)
    if (process.platform !== 'linux') return
    await kit.udp.refused({ host: '127.0.0.2', port: address.port }, everywhere)
  },
)

check(
  'echo-datagrams',
  {
    title: {
      en: 'echo answers each datagram with one datagram',
      ja: 'echo はデータグラム 1 つに 1 つで答える',
    },
    points: 2,
    restsOn: 'echo-listens',
    why: {
      en: 'one send is one datagram, and one datagram is one message: UDP has no stream to be cut or joined',
      ja: '1 回の送信が 1 つのデータグラム、1 つのメッセージです。UDP には切ったりつないだりするストリームがありません',
    },
    next: {
      en: "look at what one 'message' event sends back, and what it keeps",
      ja: "1 回の 'message' イベントで何を送り返し、何を取っておくかを見てください",
    },
    try: [run, talkTo],
  },
  async (kit) => {
    const { address } = await startAlone(kit)
    const client = await kit.udp.connect(address)
    const twice = kit.random.word(5)
    const words = ['one', 'two\nlines\n', twice, twice]
    for (const word of words) await client.send(word)
    await client.receiveEach(words, {
      ...sentElsewhere,
      different: {
        why: {
          en: 'what came back is not what was sent: a newline means nothing to UDP, and two datagrams are two messages',
          ja: '送ったとおりに返ってきません。UDP にとって改行に意味はなく、2 つのデータグラムは 2 つのメッセージです',
        },
      },
      silent: {
        why: {
          en: 'each datagram has an answer of its own, one that is just like the one before it too',
          ja: 'データグラムには 1 つずつ返事があります。直前のものと同じでも変わりません',
        },
      },
    })
    await client.quiet()
  },
)

check(
  'echo-empty',
  {
    title: {
      en: 'echo answers an empty datagram with an empty datagram',
      ja: 'echo は空のデータグラムに空のデータグラムで答える',
    },
    points: 1,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a datagram of 0 bytes is delivered like any other; it still has a sender who waits',
      ja: '0 バイトのデータグラムもほかと同じように届きます。送信者は返事を待っています',
    },
    next: {
      en: 'look for a condition on the message or its length',
      ja: 'メッセージやその長さを条件にしているところを探してください',
    },
    try: [run, 'pnpm dojo start lesson-3 udp-client 127.0.0.1 43211 ""'],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.udp.connect(address)
    await client.send('')
    await client.receive('')
    await client.send('after')
    await client.receive('after')
  },
)

check(
  'echo-binary',
  {
    title: { en: 'echo sends back bytes, not text', ja: 'echo は文字列ではなくバイトを送り返す' },
    points: 1,
    restsOn: 'echo-datagrams',
    why: {
      en: 'bytes are not characters: what is not valid UTF-8 does not survive being turned into a string and back',
      ja: 'バイトは文字ではありません。UTF-8 として正しくないものは、文字列にして戻すと失われます',
    },
    next: {
      en: 'look for the place where a Buffer becomes a string',
      ja: 'Buffer が文字列になる場所を探してください',
    },
    try: [run, "printf '\\377\\376\\200' | nc -u -w 1 127.0.0.1 43211 | od -t x1"],
  },
  async (kit) => {
    const { address } = await start(kit)
    const client = await kit.udp.connect(address)
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    await client.send(everyByte)
    await client.receive(everyByte)
  },
)

check(
  'echo-long',
  {
    title: {
      en: 'echo sends back the longest datagram, apart from the next',
      ja: 'echo は最長のデータグラムも次のものと分けて返す',
    },
    points: 1,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a UDP datagram over IPv4 carries 65,507 bytes at most; what does not fit into a buffer is cut off, and never becomes part of the next',
      ja: 'IPv4 の UDP データグラムは最大 65,507 バイトです。バッファーに収まらない分は切り捨てられ、次のものに混ざることはありません',
    },
    next: {
      en: 'look for a limit or a buffer of your own',
      ja: '自分で設けた上限やバッファーを探してください',
    },
    try: [run],
  },
  async (kit) => {
    onLinux(kit)
    const { address } = await start(kit)
    const client = await kit.udp.connect(address)
    const longest = kit.random.bytes(longestDatagram)
    await client.send(longest)
    await client.send('short')
    await client.receiveEach([longest, 'short'])
  },
)

check(
  'echo-clients',
  {
    title: {
      en: 'echo answers each sender, and only that one',
      ja: 'echo はそれぞれの送信者に、その相手だけに答える',
    },
    points: 2,
    restsOn: 'echo-datagrams',
    why: {
      en: 'one socket receives from everybody: who sent a datagram comes with it, and is true of that datagram only',
      ja: '1 つのソケットが全員から受信します。送信者はデータグラムごとに渡され、そのデータグラムについてだけ正しい値です',
    },
    next: {
      en: 'look at where you keep the address of a sender, and for how long',
      ja: '送信者のアドレスをどこに、いつまで持っているかを見てください',
    },
    try: [run, talkTo, talkTo],
  },
  async (kit) => {
    // Here as a program: nothing rests on this check.
    const port = await kit.freePort()
    const program = kit.program(file, [String(port)])
    const address = await program.listening(asProgram)
    if (address.port !== port) {
      kit.fail(
        {
          en: 'as a program, it receives on another port than the one that it was given',
          ja: 'プログラムとして起動すると、渡されたポートとは別のポートで受信しています',
        },
        {
          why: {
            en: '`node echo.ts 43211` starts the server on port 43211: senders know it from there',
            ja: '`node echo.ts 43211` はポート 43211 でサーバーを起動します。送信側はこのポートに送ります',
          },
          next: asProgram.exited.next,
        },
      )
    }
    const a = await kit.udp.connect(address, { name: 'A' })
    const b = await kit.udp.connect(address, { name: 'B' })
    const gone = await kit.udp.connect(address, { name: 'C' })
    // All of them wait in the kernel before the first is looked at, and then one of the senders is no more.
    await program.pause()
    await gone.send('from C, gone')
    await gone.close()
    for (const number of [1, 2]) {
      await a.send(`from A, ${number}`)
      await b.send(`from B, ${number}`)
    }
    program.resume()
    const notMine = {
      silent: {
        why: {
          en: 'the answer went to somebody else, or to nobody',
          ja: '返事は別の相手に送られたか、どこにも送られませんでした',
        },
      },
      different: {
        why: {
          en: 'a client got what another had sent: the answer belongs to the sender of that very datagram',
          ja: 'ほかのクライアントが送ったものが届きました。返事は、まさにそのデータグラムの送信者のものです',
        },
      },
    }
    await a.receiveEach(['from A, 1', 'from A, 2'], notMine)
    await b.receiveEach(['from B, 1', 'from B, 2'], notMine)
    await a.quiet(extraIsOthers)
    await b.quiet(extraIsOthers)
  },
)

check(
  'echo-asked',
  {
    title: {
      en: 'echo answers from the address that was asked',
      ja: 'echo は尋ねられたアドレスから答える',
    },
    points: 1,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a client takes an answer only from the address and port it asked; a machine has many addresses, 127.0.0.1 is one of them',
      ja: 'クライアントは尋ねたアドレスとポートからの返事しか受け取りません。マシンのアドレスはたくさんあり、127.0.0.1 はその 1 つです',
    },
    next: {
      en: 'look at what becomes of host, and at which socket answers',
      ja: 'host がどう使われるか、どのソケットが答えるかを見てください',
    },
  },
  async (kit) => {
    onLinux(kit)
    const { address } = await start(kit, { host: '127.0.0.2', port: 0 })
    const client = await kit.udp.connect(
      { host: '127.0.0.2', port: address.port },
      { localAddress: '127.0.0.3' },
    )
    await client.send('who?')
    await client.receive('who?')
    const onAll = await start(kit, { host: '0.0.0.0', port: 0 })
    await talk(kit, { host: '127.0.0.1', port: onAll.address.port }, 'A')
  },
)

check(
  'echo-send',
  {
    title: {
      en: 'send() sends 65,507 bytes, refuses 65,508, and goes on',
      ja: 'send() は 65,507 バイトを送り、65,508 バイトはエラーにして続行する',
    },
    points: 2,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a datagram that is too long is an error of that datagram; send() tells it to its callback, and without one nobody learns of it',
      ja: '長すぎるデータグラムは、そのデータグラムだけのエラーです。send() はそれをコールバックに知らせます。コールバックがなければ、誰も気づけません',
    },
    next: {
      en: 'look at who learns that sending has failed',
      ja: '送信の失敗を誰が知るかを見てください',
    },
  },
  async (kit) => {
    onLinux(kit)
    const { module, server, address } = await startAlone(kit)
    const other = await kit.udp.bind()
    const longest = kit.random.bytes(longestDatagram)
    await server.call('send', [longest, other.local])
    const from = await other.receive(longest)
    if (from.port !== address.port) {
      kit.fail({
        en: "it was sent from another socket than the server's own",
        ja: 'サーバー自身のソケットとは別のソケットから送られました',
      })
    }
    await server.rejects('send', [Buffer.alloc(longestDatagram + 1), other.local], 'EMSGSIZE')
    await server.call('send', [Buffer.from('still here'), other.local], {
      threw: {
        why: {
          en: 'one datagram was too long, and since then nothing can be sent: that error was not an error of the socket',
          ja: '長すぎるデータグラムが 1 つあっただけで、何も送れなくなりました。あれはソケット全体のエラーではありません',
        },
        next: {
          en: 'look at what becomes of the socket when sending has failed',
          ja: '送信に失敗したとき、ソケットをどうしているかを見てください',
        },
      },
    })
    await other.receive('still here')
    await talk(kit, address, 'A')
    await server.call('send', [Buffer.alloc(0), other.local])
    await other.receive('')
    const outside = { host: '192.0.2.1', port: other.local.port } // No machine has it: RFC 5737.
    if (await leavesLoopback(kit, outside)) return
    await server.rejects('send', [Buffer.from('hello'), outside], unreachable, {
      resolved: {
        why: {
          en: 'from 127.0.0.1 nothing can be sent to another machine, and the kernel says so; whoever called send() takes it for sent',
          ja: '127.0.0.1 からほかのマシンへは送れず、カーネルもそう伝えます。send() の呼び出し側は送れたと思い込みます',
        },
      },
    })
    // Two at a time: both calls are there when it goes on.
    await module.pause()
    const both = Promise.all([
      server.rejects('send', [Buffer.from('hello'), outside], unreachable, ownResult),
      server.call('send', [Buffer.from('meanwhile'), other.local], ownResult),
    ])
    module.resume()
    await both
    await other.receive('meanwhile')
  },
)

check(
  'echo-received',
  {
    title: {
      en: 'received() counts the datagrams that have come',
      ja: 'received() は届いたデータグラムを数える',
    },
    points: 1,
    restsOn: 'echo-empty',
    why: {
      en: 'each datagram that comes counts once: whoever sent it, and however long it is; what the server sends does not count',
      ja: '届いたデータグラムは誰が送っても、どんな長さでも 1 個と数えます。サーバーが送るものは数えません',
    },
    next: { en: 'look at where you count', ja: 'どこで数えているかを見てください' },
  },
  async (kit) => {
    const { server, address, module } = await start(kit)
    const a = await talk(kit, address, 'A')
    // From now on there is another one in the same process, with a socket and a count of its own.
    const other = await serverIn(kit, module)
    await talk(kit, other.address, 'C')
    await talk(kit, address, 'B', otherSocket)
    await a.send('')
    await a.receive('', {
      silent: {
        why: {
          en: 'an empty datagram has its answer too, whoever sent it and whatever came before it',
          ja: '空のデータグラムにも答えます。誰が送っても、その前に何が届いていても同じです',
        },
        next: {
          en: 'look for a condition on the message, its length or its sender',
          ja: 'メッセージ、その長さ、送信者を条件にしているところを探してください',
        },
      },
    })
    await server.call('send', [Buffer.from('unasked'), a.local])
    await a.receive('unasked', otherSocket)
    const others = await other.server.eventually('received', 1)
    const received = await server.eventually('received', 3)
    if (others === received) {
      kit.fail(
        {
          en: `two servers in one process both had received() ${inspect(received)}, where 3 datagrams had come to one and 1 to the other`,
          ja: `1 つのプロセスの 2 つのサーバーに届いたデータグラムは 3 個と 1 個なのに、received() はどちらも ${inspect(received)} でした`,
        },
        {
          why: {
            en: 'each call of startUdpEcho() makes a server of its own: what comes to one does not count for another',
            ja: 'startUdpEcho() は呼び出すたびに別のサーバーを作ります。一方に届いたものは、ほかのサーバーの数に入りません',
          },
          next: {
            en: 'look at what all servers of the module share',
            ja: 'モジュールのすべてのサーバーで共有しているものを見てください',
          },
        },
      )
    }
    if (received !== 3) {
      kit.fail({
        en: `received() was ${inspect(received)}, and 3 datagrams had come`,
        ja: `データグラムは 3 個届いたのに、received() は ${inspect(received)} でした`,
      })
    }
  },
)

check(
  'echo-ipv6',
  {
    title: { en: 'startUdpEcho() receives on ::1 too', ja: 'startUdpEcho() は ::1 でも受信する' },
    points: 1,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a UDP socket belongs to one family of addresses: one of IPv4 cannot be bound to an IPv6 address',
      ja: 'UDP ソケットは 1 つのアドレスファミリーに属します。IPv4 のソケットは IPv6 アドレスにバインドできません',
    },
    next: {
      en: 'look at the type that you give createSocket()',
      ja: 'createSocket() に渡す種類を見てください',
    },
  },
  async (kit) => {
    onIPv6(kit)
    const { address } = await start(kit, { host: '::1', port: 0 })
    await talk(kit, address, 'A')
  },
)

check(
  'echo-dual',
  {
    title: {
      en: 'startUdpEcho() on :: serves IPv6 and IPv4',
      ja: 'startUdpEcho() は :: で IPv6 と IPv4 の両方に応じる',
    },
    points: 1,
    restsOn: 'echo-ipv6',
    why: {
      en: 'an IPv6 socket on :: receives IPv4 too, unless it is told not to; such a sender looks like ::ffff:127.0.0.1',
      ja: ':: の IPv6 ソケットは、禁じないかぎり IPv4 も受信します。その送信者は ::ffff:127.0.0.1 のように見えます',
    },
    next: {
      en: 'look at the options of the socket, and at what you do with the address of a sender',
      ja: 'ソケットのオプションと、送信者のアドレスの扱いを見てください',
    },
  },
  async (kit) => {
    onIPv6(kit)
    const { address } = await start(kit, { host: '::', port: 0 })
    await talk(kit, { host: '::1', port: address.port }, 'A')
    await talk(kit, { host: '127.0.0.1', port: address.port }, 'B')
  },
)

check(
  'echo-in-use',
  {
    title: {
      en: 'startUdpEcho() rejects where the port is taken',
      ja: 'startUdpEcho() の Promise は、ポートが使用中なら拒否される',
    },
    points: 1,
    restsOn: 'echo-listens',
    why: {
      en: "whether bind() worked comes later, as a 'listening' or an 'error' event; whoever called startUdpEcho() must learn of both",
      ja: "bind() の成否はあとから 'listening' か 'error' イベントでわかります。startUdpEcho() の呼び出し側にはどちらも伝えなければなりません",
    },
    next: {
      en: "look at who listens to the socket's 'error' event",
      ja: "ソケットの 'error' イベントを誰が処理するかを見てください",
    },
    try: [run, run],
  },
  async (kit) => {
    const other = await kit.udp.bind()
    const module = await kit.module(file)
    await module.rejects('startUdpEcho', [other.local], 'EADDRINUSE', {
      exited: {
        why: {
          en: "the socket told by an 'error' event that the port is taken; nobody listened to it, and an 'error' event that nobody listens to ends the process",
          ja: "ポートが使用中であることをソケットは 'error' イベントで知らせましたが、誰も処理していません。リスナーのない 'error' イベントはプロセスを終わらせます",
        },
        next: {
          en: "look at who listens to the socket's 'error' event, and how startUdpEcho() passes it on",
          ja: "ソケットの 'error' イベントを誰が処理し、startUdpEcho() がどう伝えるかを見てください",
        },
      },
    })
    const { address } = await serverIn(kit, module)
    await module.rejects('startUdpEcho', [address], 'EADDRINUSE', {
      resolved: {
        why: {
          en: 'an echo server had this port already: sockets that share a port (reuseAddr) take datagrams away from each other',
          ja: 'このポートはすでにエコーサーバーが使っています。ポートを共有するソケット（reuseAddr）は、互いにデータグラムを奪い合います',
        },
      },
    })
  },
)

check(
  'echo-close',
  {
    title: { en: 'close() gives the port back', ja: 'close() はポートを解放する' },
    points: 2,
    restsOn: 'echo-datagrams',
    why: {
      en: 'a bound socket keeps its port and keeps the process running until it is closed',
      ja: 'バインドされたソケットは、閉じるまでポートを占有し、プロセスを動かし続けます',
    },
    next: {
      en: 'look at what is still open, and at when close() resolves',
      ja: '何が開いたままか、close() がいつ解決するかを見てください',
    },
  },
  async (kit) => {
    const here = { host: '127.0.0.1', port: await kit.freePort() }
    const { module, server, address } = await startAlone(kit, here)
    await talk(kit, address, 'A')
    await server.call('close')
    await kit.udp.refused(here)
    const again = await serverIn(kit, module, here)
    await talk(kit, here, 'B')
    await again.server.call('close')
    await module.ends()
  },
)

const twoAtATime = {
  why: {
    en: 'two datagrams were being sent at a time, and only the first cannot be sent: each call of send() has a result of its own',
    ja: '2 つのデータグラムを同時に送っていました。送れないのは最初の 1 つだけです。send() の結果は呼び出しごとに別です',
  },
  next: {
    en: 'look for something that all calls of send() share',
    ja: 'send() のすべての呼び出しで共有しているものを探してください',
  },
}

const ownResult = { resolved: twoAtATime, silent: twoAtATime, threw: twoAtATime }

/** How the kernel says that from 127.0.0.1 there is no way to another machine; which of them, depends on the others it knows. */
const unreachable = ['EINVAL', 'ENETUNREACH']

/** Whether the kernel lets a datagram from 127.0.0.1 out of this machine: hardly any does (route_localnet). */
async function leavesLoopback(kit: Kit, to: Address): Promise<boolean> {
  const peer = await kit.udp.bind({}, { silent: true })
  return peer.send('hello', to).then(
    () => true,
    () => false,
  )
}

const sentElsewhere = {
  stranger: {
    why: {
      en: 'a client knows its server by address and port, and ignores a datagram from anywhere else; a new socket has a new port',
      ja: 'クライアントはアドレスとポートでサーバーを見分け、ほかからのデータグラムは無視します。新しいソケットは新しいポートを持ちます',
    },
    next: {
      en: 'look at which socket sends the answer',
      ja: 'どのソケットが返事を送っているかを見てください',
    },
  },
}

const otherSocket = {
  stranger: {
    why: {
      en: 'another server was in the same process: each sends from a socket of its own, so that whoever asked it knows it by its port',
      ja: '同じプロセスに別のサーバーがありました。サーバーはそれぞれ自分のソケットから送ります。尋ねた側はポートで相手を見分けます',
    },
    next: {
      en: 'look for something that all servers of the module share',
      ja: 'モジュールのすべてのサーバーで共有しているものを探してください',
    },
  },
}

const asProgram = {
  exited: {
    why: {
      en: '`node echo.ts 43211` starts the server as a program, and prints where it receives; this one ended instead',
      ja: '`node echo.ts 43211` はサーバーをプログラムとして起動し、受信する場所を表示します。このプログラムは終了しました',
    },
    next: {
      en: 'compare the end of the file with the starter',
      ja: 'ファイルの末尾をスターターと比べてください',
    },
  },
}

const wrongFamily = {
  threw: {
    why: {
      en: 'a UDP socket belongs to one family of addresses: udp4 is for 127.0.0.1, udp6 for ::1, and bind() refuses the others',
      ja: 'UDP ソケットは 1 つのアドレスファミリーに属します。udp4 は 127.0.0.1、udp6 は ::1 のもので、それ以外の bind() は失敗します',
    },
    next: {
      en: 'look at the type that you give createSocket(), and at what becomes of host',
      ja: 'createSocket() に渡す種類と、host の使われ方を見てください',
    },
  },
}

const extraIsOthers = {
  extra: {
    why: {
      en: 'it got more than its own answers: UDP has no room where all hear all, each datagram has one receiver',
      ja: '自分への返事以外も届きました。データグラムの宛先はそれぞれ 1 つで、全員に聞こえるわけではありません',
    },
  },
}

/** Starts a server in the process that the checks share. */
async function start(kit: Kit, options?: object) {
  return serverIn(kit, await kit.shared.module(file), options)
}

/** Starts a server in a process of its own, for a check that could harm others. */
async function startAlone(kit: Kit, options?: object) {
  return serverIn(kit, await kit.module(file), options)
}

async function serverIn(kit: Kit, module: Module, options: object = loopback) {
  const server: RemoteObject = await module.object('startUdpEcho', [options], wrongFamily)
  return { module, server, address: await server.address() }
}

/** Sends a word, and has it sent back. */
async function talk(kit: Kit, address: Address, name: string, explain: Explain = sentElsewhere) {
  const client = await kit.udp.connect(address, { name })
  await client.send('hello')
  await client.receive('hello', explain)
  return client
}
