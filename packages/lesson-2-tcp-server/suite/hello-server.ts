import { type Address, check, type Explain, type Kit } from '@socket-dojo/testkit'

const greeting = 'Hello World!'
const file = 'hello-server.ts'
/** More than a socket keeps for a program that does not read. */
const thanks = Buffer.alloc(300_000, 'thanks, ')
/** So many clients that it does not end while checks share it. */
const many = ['0', '1000']
const run = 'pnpm dojo start lesson-2 hello-server 43211 3'

check(
  'hello-listens',
  {
    title: {
      en: 'hello-server listens where it is told, and says so',
      ja: 'hello-server は指定された場所で待ち受け、それを表示する',
    },
    points: 1,
    why: {
      en: 'a client can only connect to the address and port that the server really listens on',
      ja: 'クライアントが接続できるのは、サーバーが実際に待ち受けているアドレスとポートだけです',
    },
    next: {
      en: 'look at the arguments of listen(), and at server.address() once it listens',
      ja: 'listen() の引数と、待ち受け開始後の server.address() を見てください',
    },
    try: [run, 'nc -v 127.0.0.1 43211'],
  },
  async ({ shared, tcp, fail }) => {
    const { host, port } = await shared.program(file, many).listening()
    if (host !== '127.0.0.1') {
      fail(
        {
          en: `it said that it listens on ${host}, where 127.0.0.1 was expected`,
          ja: `127.0.0.1 ではなく ${host} で待ち受けていると表示しました`,
        },
        everyAddress,
      )
    }
    if (port === 0) {
      fail(
        {
          en: 'it said that it listens on port 0',
          ja: 'ポート 0 で待ち受けていると表示しました',
        },
        {
          why: {
            en: 'nobody can connect to port 0: it only asks the kernel for a free port, and which one that is has to be asked',
            ja: 'ポート 0 には誰も接続できません。空きポートを求める番号にすぎず、実際のポートは尋ねる必要があります',
          },
        },
      )
    }
    await tcp.connect(
      { host, port },
      {
        refused: {
          why: {
            en: 'it said that it listens there before it did, or listens elsewhere',
            ja: '待ち受ける前に待ち受けていると表示したか、別の場所で待ち受けています',
          },
          next: {
            en: 'look at when the line is printed, and where the port in it comes from',
            ja: 'その行をいつ表示しているか、表示するポートの出どころを見てください',
          },
        },
      },
    )
    // The rest of 127/8 is this machine too: a server on all addresses would answer there.
    await tcp.refused(
      { host: '127.0.0.2', port },
      { different: { ...everyAddress, try: [run, 'nc -v 127.0.0.2 43211'] } },
    )
  },
)

check(
  'hello-greets',
  {
    title: {
      en: 'hello-server greets a client and closes the connection',
      ja: 'hello-server はクライアントに挨拶し、接続を閉じる',
    },
    points: 2,
    restsOn: 'hello-listens',
    why: {
      en: 'the client reads until the server ends the connection: that is how it knows that it has everything',
      ja: 'クライアントはサーバーが接続を終えるまで読みます。それで全部届いたとわかります',
    },
    next: {
      en: 'look at what you send, byte for byte, and at how you close',
      ja: '送っている内容を 1 バイトずつ、そして閉じ方を見てください',
    },
    try: [run, 'nc 127.0.0.1 43211 | od -c'],
  },
  async ({ program, tcp }) => {
    const client = await tcp.connect(await program(file, ['0', '2']).listening())
    await client.receive(greeting, {
      silent: {
        why: {
          en: 'the server speaks first here: its client only listens',
          ja: 'ここではサーバーが先に話します。クライアントは聞くだけです',
        },
        next: {
          en: 'look at what your program waits for before it writes',
          ja: '書き込む前に何を待っているかを見てください',
        },
      },
      different: {
        why: {
          en: 'the greeting is these 12 bytes, and each of them counts',
          ja: '挨拶はこの 12 バイトです。1 バイトでも違ってはいけません',
        },
        next: {
          en: 'compare what you send with the greeting, byte for byte',
          ja: '送っている内容を 1 バイトずつ比べてください',
        },
      },
    })
    await client.receiveEnd({
      reset: {
        why: {
          en: 'a reset tells the client that something went wrong, and throws away what is still on its way',
          ja: 'リセットは異常を伝え、まだ途中にあるデータを捨ててしまいます',
        },
        next: { en: 'look at how you close', ja: '閉じ方を見てください' },
      },
      extra: {
        why: {
          en: 'console.log() adds a newline for people; a socket sends the bytes that it is given',
          ja: 'console.log() は人のために改行を加えますが、ソケットは渡されたバイトだけを送ります',
        },
      },
      silent: {
        why: {
          en: 'the client waits for more as long as the connection is open',
          ja: '接続が開いているかぎり、クライアントは続きを待ち続けます',
        },
      },
    })
  },
)

check(
  'hello-prints',
  {
    title: {
      en: 'hello-server prints the address of each client',
      ja: 'hello-server は各クライアントのアドレスを表示する',
    },
    points: 1,
    restsOn: 'hello-greets',
    why: {
      en: 'each connection has a remote address of its own: the same host, and a port that the kernel chose for the client',
      ja: '接続ごとにリモートアドレスは異なります。ホストが同じでも、ポートはカーネルがクライアントのために選びます',
    },
    next: {
      en: 'ask the socket of the connection, for the other end, while it is still open',
      ja: '接続のソケットに、開いているうちに、相手側のアドレスを尋ねてください',
    },
    try: [run, 'nc 127.0.0.1 43211'],
  },
  async ({ shared, tcp }) => {
    const server = shared.program(file, many)
    const address = await server.listening()
    // Both are there before either is greeted: a server that has only one variable for the client mixes them up.
    const clients = [
      { name: 'A', client: await tcp.connect(address, {}, { name: 'A' }) },
      { name: 'B', client: await tcp.connect(address, {}, { name: 'B' }) },
    ]
    for (const { client } of clients) {
      await client.receive(greeting)
      client.finish()
    }
    for (const { name, client } of clients) {
      const { host, port } = client.local
      await server.prints(`${host}:${port}`, {
        en: `the address of ${name}`,
        ja: `${name} のアドレス`,
      })
    }
  },
)

check(
  'hello-ends',
  {
    title: {
      en: 'hello-server ends after as many clients as it was told',
      ja: 'hello-server は指定された数のクライアントに挨拶したら終了する',
    },
    points: 2,
    restsOn: 'hello-greets',
    why: {
      en: 'a Node process ends by itself when nothing is left that it waits for: a listening socket, a connection, a timer',
      ja: 'Node のプロセスは、待ち受けソケット・接続・タイマーなど待つものがなくなると自然に終わります',
    },
    next: {
      en: 'count the clients, and see what is still open after the last',
      ja: 'クライアントを数え、最後の 1 つのあとに何が開いたままかを見てください',
    },
    try: [run],
  },
  async ({ program, random, tcp }) => {
    const clients = random.integer(3, 6)
    const server = program(file, ['0', String(clients)])
    const address = await server.listening()
    for (let number = 1; number <= clients; number++) {
      const explain = {
        refused: {
          why: {
            en: `it was told to greet ${clients} clients, and this is number ${number}`,
            ja: `${clients} つのクライアントに挨拶するはずですが、これは ${number} つ目です`,
          },
        },
      }
      // One of them says much: its end comes behind that, and is only seen by who reads all of it.
      await greet(tcp, address, String(number), explain, number === 2 ? thanks : undefined)
      if (number === 1) {
        await server.stays({
          exited: {
            why: {
              en: `it was told to greet ${clients} clients, and ended after the first`,
              ja: `${clients} つのクライアントに挨拶するはずが、1 つ目で終了しました`,
            },
          },
        })
      }
    }
    await server.exits(0, {
      running: {
        next: {
          en: 'find what still keeps the process running',
          ja: '何がまだプロセスを動かし続けているのかを探してください',
        },
      },
    })
    await tcp.refused(address)
  },
)

check(
  'hello-again',
  {
    title: {
      en: 'hello-server can be started again at once on the same port',
      ja: 'hello-server は同じポートですぐに再起動できる',
    },
    points: 1,
    restsOn: 'hello-ends',
    why: {
      en: 'after a connection its address stays reserved for a while (TIME_WAIT) on the side that closed first; a server must be able to listen all the same',
      ja: '先に閉じた側では、接続のアドレスがしばらく予約されたまま（TIME_WAIT）になります。それでもサーバーは待ち受けられなければなりません',
    },
    next: {
      en: 'see what listen() reports the second time',
      ja: '2 回目の listen() が何を報告するかを見てください',
    },
    try: [run, run],
  },
  async ({ program, tcp, fail }) => {
    const first = program(file, ['0', '1'])
    const address = await first.listening()
    await greet(tcp, address, '1')
    await first.exits()
    const second = program(file, [String(address.port), '1'])
    const again = await second.listening()
    if (again.port !== address.port) {
      fail(
        {
          en: 'its first argument was the port of the first run, and it listens on another',
          ja: '第 1 引数は 1 回目のポートでしたが、別のポートで待ち受けています',
        },
        {
          why: {
            en: 'whoever starts a server decides on its port',
            ja: 'どのポートを使うかは、サーバーを起動する人が決めます',
          },
          next: {
            en: 'look at what becomes of process.argv[2]',
            ja: 'process.argv[2] がどう使われているかを見てください',
          },
        },
      )
    }
    await greet(tcp, again, '2')
    await second.exits()
  },
)

check(
  'hello-idle',
  {
    title: {
      en: 'hello-server lets nobody wait for a client that stays',
      ja: 'hello-server は居座るクライアントのためにほかを待たせない',
    },
    points: 1,
    restsOn: 'hello-greets',
    why: {
      en: 'each connection is a socket of its own: one can stay open while others are served',
      ja: '接続はそれぞれ別のソケットです。1 つが開いたままでも、ほかの接続に応じられます',
    },
    next: {
      en: 'look for what happens only after the previous client has gone',
      ja: '前のクライアントが去るまで起きないことがないか探してください',
    },
    try: [run, 'nc 127.0.0.1 43211', 'nc 127.0.0.1 43211'],
  },
  async ({ shared, tcp }) => {
    const address = await shared.program(file, many).listening()
    const idle = await tcp.connect(address, {}, { name: 'A' })
    await greet(tcp, address, 'B')
    await idle.receive(greeting)
    idle.finish()
    await idle.receiveEnd()
    await greet(tcp, address, 'C')
  },
)

check(
  'hello-reset',
  {
    title: {
      en: 'hello-server survives a reset, and does not count it',
      ja: 'hello-server はリセットに耐え、それを数えない',
    },
    points: 2,
    restsOn: 'hello-ends',
    why: {
      en: "the connection was reset before the greeting: that client got nothing, and the socket's 'error' event tells so",
      ja: "挨拶の前に接続がリセットされました。そのクライアントは何も受け取っておらず、ソケットの 'error' イベントがそれを知らせます",
    },
    next: {
      en: 'look at when a client counts, and at who handles an error of its socket',
      ja: 'いつクライアントを数えるのか、ソケットのエラーを誰が処理するのかを見てください',
    },
    try: [run],
  },
  async ({ program, tcp }) => {
    const server = program(file, ['0', '2'])
    const address = await server.listening()
    // While the process stands still the kernel goes on: it completes the connection, and takes the reset.
    // So the program meets both in this order, however fast it is.
    await server.pause()
    const gone = await tcp.connect(address, {}, { name: 'A' })
    gone.reset()
    server.resume()
    await greet(tcp, address, 'B', { refused: countsReset, exited: unheardError })
    await server.stays({ exited: countsReset })
    await greet(tcp, address, 'C', { refused: countsReset })
    await server.exits()
  },
)

const everyAddress = {
  why: {
    en: 'told no address, or 0.0.0.0, or ::, listen() takes connections on every address of the machine, from the network too',
    ja: 'アドレスを省略したり 0.0.0.0 や :: を渡したりすると、listen() はネットワーク側も含め、マシンのすべてのアドレスで接続を受け付けます',
  },
  next: {
    en: 'look at the arguments of listen()',
    ja: 'listen() の引数を見てください',
  },
}

const unheardError = {
  why: {
    en: "a reset arrives as an 'error' event of that socket; one that nobody listens to ends the whole process",
    ja: "リセットはそのソケットの 'error' イベントとして届きます。誰も処理しなければプロセス全体が終了します",
  },
  next: {
    en: "look at who listens to each socket's 'error' event",
    ja: "各ソケットの 'error' イベントを誰が処理するかを見てください",
  },
}

const countsReset = {
  why: {
    en: 'it was told to greet 2 clients; A reset its connection before it was greeted, so B was the first',
    ja: '2 つのクライアントに挨拶するはずです。A は挨拶の前にリセットしたので、B が 1 つ目です',
  },
  next: {
    en: "look at what makes a client count, and at what the 'close' event tells besides",
    ja: "何をもって 1 つと数えているか、'close' イベントがほかに何を伝えるかを見てください",
  },
}

/** One whole visit: connect, be greeted, say something or nothing, close. */
async function greet(
  tcp: Kit['tcp'],
  address: Address,
  name: string,
  explain: Explain = {},
  words?: Buffer,
): Promise<void> {
  const client = await tcp.connect(address, explain, { name })
  await client.receive(greeting, explain)
  await client.receiveEnd(explain)
  if (words) void client.send(words) // Not awaited: a server that never reads would never let it through.
  client.finish()
}
