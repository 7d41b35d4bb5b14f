import { type Advice, check, hasIPv6, type Kit, type Program } from '@socket-dojo/testkit'

const file = 'hello-client.ts'
const tries = [
  'pnpm dojo start lesson-2 hello-server 43211 5',
  'pnpm dojo start lesson-2 hello-client 127.0.0.1 43211',
]

check(
  'client-prints',
  {
    title: {
      en: 'hello-client prints what the server says, and ends',
      ja: 'hello-client はサーバーが送ったものを表示して終了する',
    },
    points: 2,
    why: {
      en: 'what a server sends can arrive in any number of pieces; only the end of the stream says that it was all',
      ja: 'サーバーの送ったものは何個に分かれて届くかわかりません。ストリームの終わりだけが「これで全部」を示します',
    },
    next: {
      en: 'look at what your program does with the second piece, and when it ends',
      ja: '2 回目に届いた分をどうするか、いつ終了するかを見てください',
    },
    try: tries,
  },
  async ({ program, tcp, random, fail }) => {
    const words = `Hello ソケット ${random.word(6)}!`
    const listener = await tcp.listen(elsewhere)
    const client = program(file, [listener.address.host, String(listener.address.port)])
    const server = await Promise.race([listener.accept(notConnected), client.ended(tooEarly)])
    await server.send(words, { pieces: [7, 100], singly: true })
    await server.quiet(speaksFirst)
    server.finish()
    await server.receiveEnd({
      silent: {
        why: {
          en: 'when the server has finished, so has the client',
          ja: 'サーバーが終えたら、クライアントも終わりです',
        },
      },
    })
    await client.exits(0, {
      running: {
        why: {
          en: 'a Node process ends by itself when nothing is left that it waits for: a connection, a timer',
          ja: 'Node のプロセスは、接続やタイマーなど待つものがなくなると自然に終わります',
        },
        next: {
          en: 'find what still keeps the process running',
          ja: '何がまだプロセスを動かし続けているのかを探してください',
        },
      },
    })
    if (client.stdout !== words) {
      // How the pieces arrived differs in every run, so their traces are not counted.
      const printed = JSON.stringify(
        client.stdout
          .slice(0, 80)
          .replaceAll(/\ufffd+/g, '\ufffd')
          .replaceAll(/\n(?=[^]*\n)/g, ''),
      )
      fail(
        {
          en: `the server sent ${JSON.stringify(words)}, and the client printed ${printed}`,
          ja: `サーバーは ${JSON.stringify(words)} を送りましたが、クライアントは ${printed} と表示しました`,
        },
        adviceFor(client.stdout, words),
      )
    }
    // Nothing is something that a server can say, too; and an address may be of the other family.
    const mute = await tcp.listen(hasIPv6() ? '::1' : elsewhere)
    const other = program(file, [mute.address.host, String(mute.address.port)])
    const silent = await Promise.race([mute.accept(notConnected), other.ended(tooEarly)])
    silent.finish()
    await silent.receiveEnd()
    await other.exits(0, { exited: nothingIsNoError })
  },
)

check(
  'client-refused',
  {
    title: {
      en: 'hello-client says why it cannot connect',
      ja: 'hello-client は接続できない理由を伝える',
    },
    points: 1,
    why: {
      en: 'where nobody listens, the kernel of the other side refuses at once; a program says so in words, and tells its caller by the exit status',
      ja: '誰も待ち受けていなければ、相手のカーネルがすぐに拒否します。プログラムは理由を言葉で示し、呼び出し側には終了ステータスで伝えます',
    },
    next: {
      en: "look at the socket's 'error' event",
      ja: "ソケットの 'error' イベントを見てください",
    },
    try: ['pnpm dojo start lesson-2 hello-client 127.0.0.1 43211'],
  },
  async ({ program, tcp, fail }) => {
    const listener = await tcp.listen()
    const { host, port } = listener.address
    await listener.close()
    const client = program(file, [host, String(port)])
    await client.exits(1, {
      running: {
        why: {
          en: 'a client that cannot connect says so and ends; whoever started it decides whether to try again',
          ja: '接続できないクライアントは、そのことを伝えて終了します。もう一度試すかどうかは起動した側が決めます',
        },
      },
    })
    if (client.stdout !== '') {
      fail(
        {
          en: 'nobody listened there, and yet it wrote to standard output',
          ja: '誰も待ち受けていないのに、標準出力に何か書きました',
        },
        notForPeople,
      )
    }
    expectReason(client, fail)
  },
)

check(
  'client-reset',
  {
    title: {
      en: 'hello-client says that the connection broke',
      ja: 'hello-client は接続が切れたことを伝える',
    },
    points: 1,
    restsOn: 'client-refused',
    why: {
      en: 'a part looks just like the whole: only the way the connection ended tells them apart, and only the program can pass that on',
      ja: '一部は全体と見分けがつきません。区別できるのは接続の終わり方だけで、それを伝えられるのはプログラムだけです',
    },
    next: {
      en: "look at what the socket's 'error' event means after the program has connected",
      ja: "接続したあとの 'error' イベントが何を意味するかを見てください",
    },
    try: tries,
  },
  async ({ program, tcp, until, fail }) => {
    const part = 'Hello Wo'
    const listener = await tcp.listen()
    const client = program(file, [listener.address.host, String(listener.address.port)])
    const server = await Promise.race([listener.accept(notConnected), client.ended(tooEarly)])
    await server.send(part, { singly: true })
    // One that prints what comes has time to do so; another keeps it, and prints it after the break.
    await until(() => client.stdout !== '')
    server.reset()
    await client.exits(1, {
      exited: {
        why: {
          en: 'the server had not closed the connection: it broke, and what had come by then is not all',
          ja: 'サーバーは接続を閉じていません。接続が切れたのであり、それまでに届いた分は全部ではありません',
        },
      },
    })
    expectReason(client, fail)
    const printed = client.stdout.trimEnd() // A newline too many is the business of another check.
    if (printed.startsWith(part) && printed !== part) {
      fail(
        {
          en: `the server sent "${part}" before the connection broke, and the client wrote more than that to standard output`,
          ja: `接続が切れる前にサーバーが送ったのは "${part}" だけですが、クライアントは標準出力にそれ以上のものを書きました`,
        },
        notForPeople,
      )
    } else if (printed !== part) {
      fail(
        {
          en: `the server sent "${part}" before the connection broke, and the client did not print that`,
          ja: `サーバーは接続が切れる前に "${part}" を送りましたが、クライアントはそれを表示しませんでした`,
        },
        {
          why: {
            en: 'every byte that came is printed, also when the rest of them never comes',
            ja: '届いたバイトは、続きが届かなくてもすべて表示します',
          },
          next: {
            en: 'look at where the bytes are that have come, when the connection breaks',
            ja: '接続が切れたとき、それまでに届いたバイトがどこにあるかを見てください',
          },
        },
      )
    }
  },
)

/** Not 127.0.0.1, which a program could know without its arguments; elsewhere than on Linux there is no other. */
const elsewhere = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1'

const notForPeople = {
  why: {
    en: 'standard output is for what the server sends: a message for people would be taken for that',
    ja: '標準出力はサーバーの送ったもののためにあります。人へのメッセージを書くと、それと区別できません',
  },
  next: {
    en: 'look at where your message goes',
    ja: 'メッセージの出力先を見てください',
  },
}

/** Expects words of the program's own, whichever they are, and be it with a stack, or with the version of Node. */
function expectReason(client: Program, fail: Kit['fail']): void {
  // What nobody handled Node prints itself: its stack, and at last the version on a line of its own.
  if (/^\s+at /m.test(client.stderr) && /^Node\.js v\d+\.\d+\.\d+$/m.test(client.stderr)) {
    fail({
      en: 'it ended with an error that nobody handled: Node printed its stack',
      ja: '処理されないエラーで終了し、Node がスタックを出力しました',
    })
  }
  if (client.stderr.trim() === '') {
    fail({
      en: 'it said nothing on standard error',
      ja: '標準エラー出力に何も出しませんでした',
    })
  }
}

/** The usual mistakes in handing bytes on. */
function adviceFor(printed: string, words: string): Partial<Advice> {
  if (printed === '') {
    return {
      why: {
        en: 'the client read to the end, and nothing of it came out',
        ja: 'クライアントは最後まで読みましたが、何も出力しませんでした',
      },
      next: {
        en: 'look at where the bytes go that arrive',
        ja: '届いたバイトの行き先を見てください',
      },
    }
  }
  if (words.startsWith(printed.replace(/\ufffd+$/, ''))) return {} // Only the beginning, and the rest forgotten.
  if (printed.includes('\ufffd')) {
    return {
      why: {
        en: 'a character of several bytes was cut in two on its way: decoding each piece by itself destroys it',
        ja: '複数バイトの文字が途中で 2 つに分かれて届きました。届いた分だけを文字列にすると壊れます',
      },
      next: {
        en: 'look for the place where bytes become a string',
        ja: 'バイトが文字列になる場所を探してください',
      },
    }
  }
  if (printed.replaceAll('\n', '') === words) {
    return {
      why: {
        en: 'console.log() adds a newline to each piece; the bytes should come out as they came in',
        ja: 'console.log() は届くたびに改行を加えます。バイトは届いたとおりに出力します',
      },
    }
  }
  return {}
}

const nothingIsNoError = {
  why: {
    en: 'the server closed the connection in the regular way without sending anything: that is an end like any other',
    ja: 'サーバーは何も送らずに、接続を正常に閉じました。これもほかと変わらない終わり方です',
  },
  next: {
    en: 'look at what your program does when the end comes without any data before it',
    ja: 'データが届かないまま終わりが来たとき、プログラムが何をするかを見てください',
  },
}

const tooEarly = {
  exited: {
    why: {
      en: 'it ended before it had connected; a process ends when nothing is left that it waits for, or when it is told to',
      ja: '接続する前に終わりました。プロセスは、待つものがなくなるか、終了を指示されると終わります',
    },
    next: {
      en: 'see whether your program comes to connect(), and with which address and port',
      ja: 'connect() までたどり着くか、どのアドレスとポートを渡しているかを見てください',
    },
  },
}

const speaksFirst = {
  ended: {
    why: {
      en: 'the server had not finished: it is the first to close, and the client follows',
      ja: 'サーバーはまだ終えていません。先に閉じるのはサーバーで、クライアントはそれに続きます',
    },
    next: {
      en: 'look at what makes your program close its side',
      ja: '自分の側をいつ閉じているかを見てください',
    },
  },
  extra: {
    why: {
      en: 'this client only listens: it sends nothing',
      ja: 'このクライアントは聞くだけで、何も送りません',
    },
    next: {
      en: 'look at what your program writes to the socket',
      ja: 'ソケットに何を書いているかを見てください',
    },
  },
}

const notConnected = {
  silent: {
    why: {
      en: 'the address and the port are its arguments',
      ja: 'アドレスとポートは引数で渡されます',
    },
    next: {
      en: 'look at process.argv and at connect()',
      ja: 'process.argv と connect() を見てください',
    },
  },
}
