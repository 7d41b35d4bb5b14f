import { once } from 'node:events'
import { connect } from 'node:net'
import {
  type Advice,
  check,
  hasIPv6,
  kernelHolds,
  type Kit,
  type LaterResult,
  type Module,
  quote,
  spaced,
  within,
} from '@socket-dojo/testkit'

const file = 'exchange.ts'

check(
  'exchange-sends',
  {
    title: {
      en: 'exchange() sends everything and half-closes',
      ja: 'exchange() はすべて送り、ハーフクローズする',
    },
    points: 2,
    why: {
      en: 'the server reads until the end of the stream: without a half-close it waits for more, and both wait for ever',
      ja: 'サーバーはストリームの終わりまで読みます。ハーフクローズしないと、お互いに待ち続けます',
    },
    next: {
      en: 'look at how your program says that nothing more will come',
      ja: '「もう送らない」をどう伝えているかを見てください',
    },
    try: ['nc -l 127.0.0.1 43211'],
  },
  async (kit) => {
    const question = kit.random.bytes(100_000)
    const { server, answer } = await ask(kit, question)
    await server.receive(question, notThePayload)
    await server.receiveEnd()
    await server.send('yes')
    server.finish()
    await expectAnswer(kit, answer, Buffer.from('yes'))
    // A few bytes, which go out at once, to another address where there is one: not on every system.
    const host = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1'
    const short = await ask(kit, Buffer.from('sure?'), { host })
    await short.server.receive('sure?', notThePayload)
    await short.server.receiveEnd()
    await short.server.send('sure')
    short.server.finish()
    await expectAnswer(kit, short.answer, Buffer.from('sure'))
  },
)

check(
  'exchange-pieces',
  {
    title: {
      en: 'exchange() returns an answer that comes in many pieces',
      ja: 'exchange() は分かれて届いた返事をすべて返す',
    },
    points: 2,
    restsOn: 'exchange-sends',
    why: {
      en: "an answer is complete when the stream ends; every 'data' event before that is a piece of it",
      ja: "返事がそろうのはストリームが終わったときです。それまでの 'data' イベントはどれもその一部です",
    },
    next: { en: 'look at when the promise resolves', ja: 'Promise がいつ解決するかを見てください' },
  },
  async (kit) => {
    const { server, answer } = await ask(kit, Buffer.from('how many?'))
    await server.receive('how many?', notThePayload)
    const words = Buffer.from(`twenty pieces, ${kit.random.word(25)}`)
    await server.send(words, { pieces: [2], every: 3 })
    // Longer than anybody guesses who waits a fixed time for the answer.
    await server.delay(250)
    await server.send('.')
    server.finish()
    await expectAnswer(kit, answer, Buffer.concat([words, Buffer.from('.')]))
  },
)

check(
  'exchange-early',
  {
    title: {
      en: 'exchange() keeps what comes while it still sends',
      ja: 'exchange() は送信中に届いた分も失わない',
    },
    points: 1,
    restsOn: 'exchange-sends',
    why: {
      en: 'both directions of a connection are independent: an answer may begin before the question has ended',
      ja: '接続の 2 つの向きは独立しています。質問が終わる前に返事が始まることもあります',
    },
    next: {
      en: 'look at when your program begins to read',
      ja: 'いつから読み始めるかを見てください',
    },
  },
  async (kit) => {
    // Both are more than the kernel holds for two sides that do not read, and it may let a receive buffer grow all the
    // same. What repeats soon costs little to hand over.
    const size = kernelHolds() + 2 * 1024 * 1024
    const question = Buffer.alloc(size, kit.random.bytes(10_007, 'question'))
    const early = Buffer.alloc(size, 'at once, ')
    const { server, answer } = await ask(kit, question)
    let sent = false
    void server.send(early).then(() => (sent = true))
    if (!(await kit.until(() => sent))) {
      kit.fail(
        {
          en: 'the server sends a long answer before it reads, and exchange() does not take it: both wait for the other to read',
          ja: 'サーバーは読む前に長い返事を送りますが、exchange() が受け取らないため、お互いに相手が読むのを待っています',
        },
        {
          why: {
            en: 'the kernel holds only so much for whoever does not read; two sides that first send everything can stop each other for ever',
            ja: '読まない側のためにカーネルが預かる量には限りがあります。両側が先にすべてを送ろうとすると、永遠に止まることがあります',
          },
        },
      )
    }
    await server.receive(question)
    await server.receiveEnd()
    await server.send('and at last')
    server.finish()
    await expectAnswer(kit, answer, Buffer.concat([early, Buffer.from('and at last')]))
    // One that has heard enough, and does not begin to read before it has said so and ended.
    const other = await ask(kit, question)
    await other.server.send('no thanks')
    other.server.finish()
    await other.server.standstill()
    await other.server.gone()
    await expectAnswer(kit, other.answer, Buffer.from('no thanks'))
  },
)

check(
  'exchange-binary',
  {
    title: {
      en: 'exchange() returns bytes, not text',
      ja: 'exchange() は文字列ではなくバイトを返す',
    },
    points: 1,
    restsOn: 'exchange-sends',
    why: {
      en: 'an answer may be anything; turned into a string and back, what is not valid UTF-8 is lost',
      ja: '返事はどんなバイトでもありえます。文字列にして戻すと、UTF-8 として正しくないものは失われます',
    },
    next: {
      en: 'look for the place where a Buffer becomes a string',
      ja: 'Buffer が文字列になる場所を探してください',
    },
  },
  async (kit) => {
    const { server, answer } = await ask(kit, Buffer.from([0, 255]))
    await server.receive(Buffer.from([0, 255]), notThePayload)
    await server.receiveEnd()
    const words = Buffer.concat([kit.random.bytes(200_000), Buffer.from([0xff, 0xfe, 0x80, 0])])
    await server.send(words)
    server.finish()
    await expectAnswer(kit, answer, words)
  },
)

check(
  'exchange-empty',
  {
    title: {
      en: 'exchange() works with nothing to send and nothing to hear',
      ja: 'exchange() は送るものも返事も空でも動く',
    },
    points: 1,
    restsOn: 'exchange-sends',
    why: {
      en: 'no bytes at all are a question too: it is the end of the stream that counts',
      ja: '0 バイトも立派な質問です。大事なのはストリームの終わりです',
    },
    next: {
      en: 'look for a condition on the length of something',
      ja: '何かの長さを条件にしているところを探してください',
    },
  },
  async (kit) => {
    const host = hasIPv6() ? '::1' : '127.0.0.1'
    const { server, answer } = await ask(kit, Buffer.alloc(0), { host })
    await server.receiveEnd()
    server.finish()
    await expectAnswer(kit, answer, Buffer.alloc(0))
  },
)

check(
  'exchange-refused',
  {
    title: {
      en: 'exchange() rejects where nobody listens',
      ja: 'exchange() の Promise は、誰も待ち受けていなければ拒否される',
    },
    points: 1,
    why: {
      en: "the kernel says ECONNREFUSED at once, in an 'error' event; the caller only learns of it by a rejected promise",
      ja: "カーネルはすぐに 'error' イベントで ECONNREFUSED を知らせます。呼び出し側には Promise の拒否でしか伝わりません",
    },
    next: {
      en: "look at what your program does with the socket's 'error' event",
      ja: "ソケットの 'error' イベントをどう扱っているかを見てください",
    },
  },
  async (kit) => {
    const listener = await kit.tcp.listen()
    const { host, port } = listener.address
    await listener.close()
    const module = await kit.shared.module(file)
    const unheard = {
      why: {
        en: "the refusal comes as an 'error' event of the socket; the caller only learns of it by a rejected promise",
        ja: "拒否はソケットの 'error' イベントとして届きます。呼び出し側には Promise の拒否でしか伝わりません",
      },
      next: {
        en: "look at who listens to the socket's 'error' event, and what becomes of the promise then",
        ja: "ソケットの 'error' イベントを誰が処理し、そのとき Promise がどうなるかを見てください",
      },
    }
    await module.rejects('exchange', [host, port, Buffer.from('anybody?')], 'ECONNREFUSED', {
      silent: unheard,
      exited: unheard,
      different: {
        why: {
          en: 'the code of an error is what programs decide by; an error made anew has none',
          ja: 'プログラムはエラーの code で判断します。新しく作ったエラーにはそれがありません',
        },
        next: {
          en: 'look at which error your program rejects with',
          ja: 'どのエラーで拒否しているかを見てください',
        },
      },
    })
    const code = await otherError()
    if (code === undefined) return
    await module.rejects('exchange', [everybody.host, everybody.port, Buffer.alloc(0)], code, {
      silent: anyError,
      different: anyError,
      exited: anyError,
      resolved: anyError,
    })
  },
)

check(
  'exchange-reset',
  {
    title: {
      en: 'exchange() rejects where the connection breaks',
      ja: 'exchange() の Promise は、接続が切れたら拒否される',
    },
    points: 2,
    restsOn: 'exchange-pieces',
    why: {
      en: 'part of an answer looks just like a short answer: only the way the connection ended tells them apart',
      ja: '返事の一部は短い返事と見分けがつきません。区別できるのは接続の終わり方だけです',
    },
    next: {
      en: "look at what the 'error' event means after the first data has come",
      ja: "データが届いたあとの 'error' イベントが何を意味するかを見てください",
    },
  },
  async (kit) => {
    const listener = await kit.tcp.listen()
    const { host, port } = listener.address
    const module = await kit.shared.module(file)
    const rejected = module.rejects('exchange', [host, port, Buffer.from('all?')], 'ECONNRESET')
    const broken = listener.accept().then(async (server) => {
      await server.receive('all?', notThePayload)
      await server.send('only a p')
      server.reset()
    })
    await Promise.all([rejected, broken])
    // Without a byte of it, too: no answer is something else than an empty one.
    const nothing = module.rejects('exchange', [host, port, Buffer.from('any?')], 'ECONNRESET')
    const silent = listener.accept().then(async (server) => {
      await server.receive('any?', notThePayload)
      server.reset()
    })
    await Promise.all([nothing, silent])
    // Nor is a part an answer while the payload is still under way: whether reading or writing fails first, is open.
    const much = Buffer.alloc(kernelHolds() + 512 * 1024)
    const codes = ['ECONNRESET', 'EPIPE']
    const stopped = module.rejects('exchange', [host, port, much], codes)
    const deaf = listener.accept().then(async (server) => {
      await server.send('only a p', { singly: true })
      server.reset()
    })
    await Promise.all([stopped, deaf])
  },
)

check(
  'exchange-ends',
  {
    title: { en: 'exchange() leaves nothing open', ja: 'exchange() は何も開いたままにしない' },
    points: 1,
    restsOn: 'exchange-sends',
    why: {
      en: 'a socket or a timer that stays open keeps the process running, long after the answer is there',
      ja: 'ソケットやタイマーが開いたままだと、返事のあともプロセスが終わりません',
    },
    next: { en: 'look for what nobody closes', ja: '誰も閉じていないものを探してください' },
  },
  async (kit) => {
    const module = await kit.module(file)
    const a = await ask(kit, Buffer.from('done?'), { module, name: 'A' })
    const b = await ask(kit, Buffer.from('and you?'), { module, name: 'B' })
    await a.server.receive('done?', notThePayload)
    await a.server.receiveEnd()
    await b.server.receive('and you?', notThePayload)
    await b.server.receiveEnd()
    // The second is answered first: each call waits for its own server, and for that one only.
    for (const [{ server, answer }, word] of [
      [b, 'me too'],
      [a, 'done'],
    ] as const) {
      await server.send(word)
      server.finish()
      await expectAnswer(kit, answer, Buffer.from(word), mixed)
    }
    const listener = await kit.tcp.listen()
    const { host, port } = listener.address
    const broken = module.later('exchange', [host, port, Buffer.from('all?')])
    const server = await Promise.race([listener.accept(), broken.failed])
    await server.receive('all?', notThePayload)
    await server.send('only a p')
    server.reset()
    await broken.lasted() // What it comes to is the business of exchange-reset.
    await listener.close()
    await module.rejects('exchange', [host, port, Buffer.from('anybody?')], 'ECONNREFUSED')
    await module.ends()
  },
)

const anyError = {
  why: {
    en: 'nobody can connect to 255.255.255.255, the address of everybody: there are more reasons than ECONNREFUSED, and the caller must learn of each',
    ja: '255.255.255.255 は全員あてのアドレスで、接続はできません。理由は ECONNREFUSED だけではなく、どれも呼び出し側に伝える必要があります',
  },
  next: {
    en: 'look at what your program does with an error whose code it does not expect',
    ja: '予想していない code のエラーをどう扱っているかを見てください',
  },
}

const notThePayload = {
  different: {
    why: {
      en: 'the payload is exactly these bytes: a string has lost what is not valid UTF-8, and payload.buffer is a whole ArrayBuffer, of which the payload can be a small part',
      ja: 'payload はちょうどこのバイトです。文字列にすると UTF-8 として正しくないものが失われます。payload.buffer は ArrayBuffer 全体で、payload はその一部にすぎないことがあります',
    },
    next: {
      en: 'look at what your program does with payload before it sends it',
      ja: '送る前に payload をどう扱っているかを見てください',
    },
  },
}

const mixed = {
  why: {
    en: 'two calls were under way at once: each has a connection of its own, and an answer of its own',
    ja: '2 つの呼び出しが同時に進んでいました。接続も返事も、呼び出しごとに別のものです',
  },
  next: {
    en: 'look for variables outside of the function',
    ja: '関数の外にある変数を探してください',
  },
}

/** The broadcast address, to which nobody can connect. */
const everybody = { host: '255.255.255.255', port: 43_211 }

/** The error by which the system says so; undefined where it does not say so at once. */
async function otherError(): Promise<string | undefined> {
  const socket = connect(everybody)
  try {
    await within(1_000, once(socket, 'connect'))
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  } finally {
    socket.destroy()
  }
}

/** Calls exchange() towards a server of ours, and returns our end of its connection. */
async function ask(kit: Kit, question: Buffer, { host, module, name }: AskOptions = {}) {
  const listener = await kit.tcp.listen(host)
  const { address } = listener
  const asked = module ?? (await kit.shared.module(file))
  const answer = asked.later('exchange', [address.host, address.port, question])
  const peer = name === undefined ? {} : { name }
  const server = await Promise.race([listener.accept({}, peer), answer.failed])
  return { server, answer }
}

interface AskOptions {
  /** Where the server listens; default: 127.0.0.1. */
  host?: string
  /** Default: the one that the checks share. */
  module?: Module
  /** The name of our end in the transcript. */
  name?: string
}

async function expectAnswer(
  kit: Kit,
  answer: LaterResult,
  expected: Buffer,
  advice: Partial<Advice> = {},
): Promise<void> {
  const value = await answer.value()
  if (!Buffer.isBuffer(value)) {
    const type = typeof value
    kit.fail(
      {
        en: `exchange() resolved with ${type === 'undefined' ? type : `a ${type}`}, where a Buffer was expected`,
        ja: `exchange() は Buffer ではなく ${type} で解決しました`,
      },
      {
        why: {
          en: 'whoever called it gets the answer from the promise: as bytes, not as text',
          ja: '呼び出し側は返事を、文字列ではなくバイトとして Promise から受け取ります',
        },
        next: {
          en: 'look at what your function returns',
          ja: '関数が何を返しているかを見てください',
        },
      },
    )
  } else if (!value.equals(expected)) {
    const [sent, returned] = [quote(expected), quote(value)]
    kit.fail(
      value.length < expected.length && expected.subarray(0, value.length).equals(value)
        ? {
            en: `the server sent ${sent.en}, and exchange() returned only the beginning of it`,
            ja: `サーバーは ${spaced(sent.ja)}を送りましたが、exchange() が返したのはその初めだけでした`,
          }
        : {
            en: `the server sent ${sent.en}, and exchange() returned ${returned.en}`,
            ja: `サーバーは ${spaced(sent.ja)}を送りましたが、exchange() が返したのは ${spaced(returned.ja)}でした`,
          },
      advice,
    )
  }
}
