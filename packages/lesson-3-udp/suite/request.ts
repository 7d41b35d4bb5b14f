import {
  type Address,
  check,
  type Explain,
  type Kit,
  type LaterResult,
  longestDatagram,
  type Module,
  quote,
  relayPlan,
  spaced,
  type UdpPeer,
} from '@socket-dojo/testkit'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  elsewhere,
  expectClosed,
  forEver,
  notElsewhere,
  onIPv6,
  onLinux,
  wrongFamily,
} from './common.ts'

const file = 'request.ts'
/** Patience for an answer that the server sends at once: a right program meets it on any machine. */
const patient = { timeoutMs: forEver, retries: 3 }
/** So many short attempts that an answer is in time, however slow the machine is. */
const eager = { timeoutMs: 300, retries: 1_000 }

check(
  'request-answers',
  {
    title: {
      en: 'udpRequest() sends the question and returns the answer',
      ja: 'udpRequest() は質問を送り、返事を返す',
    },
    points: 2,
    why: {
      en: 'a question is one datagram, and so is its answer: both arrive whole, byte for byte, or not at all',
      ja: '質問も返事も 1 つのデータグラムです。どちらも 1 バイトも変わらずに丸ごと届くか、まったく届かないかです',
    },
    next: {
      en: 'look at what you send, and at what the promise resolves with',
      ja: '何を送り、Promise が何で解決するかを見てください',
    },
    try: ['pnpm dojo start lesson-3 echo 43211'],
  },
  async (kit) => {
    const question = kit.random.bytes(300, 'question')
    const { server, request } = await ask(kit, question, patient)
    const from = await untilFailed(request, server.receive(question))
    const answer = Buffer.concat([kit.random.bytes(200, 'answer'), Buffer.from([0xff, 0xfe, 0])])
    await server.send(answer, from)
    await expectAnswer(kit, request, answer)
  },
)

check(
  'request-empty',
  {
    title: {
      en: 'udpRequest() takes an empty answer to an empty question',
      ja: 'udpRequest() は空の質問を送り、空の返事を受け取る',
    },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'a datagram of 0 bytes is sent and received like any other, and where every datagram is an answer, it is one',
      ja: '0 バイトのデータグラムもほかと同じく送受信されます。どのデータグラムも返事とみなす場合、これも返事です',
    },
    next: {
      en: 'look for a condition on a message or its length',
      ja: 'メッセージやその長さを条件にしているところを探してください',
    },
  },
  async (kit) => {
    const { server, request } = await ask(kit, Buffer.alloc(0), patient)
    const from = await untilFailed(request, server.receive(''))
    await server.send('', from)
    await expectAnswer(kit, request, Buffer.alloc(0))
  },
)

check(
  'request-retries',
  {
    title: {
      en: 'udpRequest() asks again where no answer comes',
      ja: 'udpRequest() は返事がなければもう一度尋ねる',
    },
    points: 2,
    restsOn: 'request-answers',
    why: {
      en: 'UDP does not repeat what was lost: a question or its answer may be lost at any time, and only the one who asks can notice',
      ja: 'UDP は失われたものを送り直しません。質問も返事もいつ失われるかわからず、気づけるのは尋ねた側だけです',
    },
    next: {
      en: 'look at what happens when timeoutMs is over, and at what is sent then',
      ja: 'timeoutMs が過ぎたときに何が起き、何が送られるかを見てください',
    },
  },
  async (kit) => {
    const { server, request } = await ask(kit, Buffer.from('7 what?'), {
      ...eager,
      match: 1,
    })
    await untilFailed(request, server.receive('7 what?'))
    kit.transcript.add('wait', { en: 'for the second attempt', ja: '2 回目の質問を待つ' })
    const from = await untilFailed(
      request,
      server.receive('7 what?', {
        different: {
          why: {
            en: 'another attempt is the same question: with another id, a late answer to the first attempt is not recognised',
            ja: '2 回目も同じ質問です。id を変えると、遅れて届いた 1 回目への返事を見分けられません',
          },
        },
      }),
    )
    await server.send('7 this', from)
    await expectAnswer(kit, request, Buffer.from('7 this'))
  },
)

check(
  'request-late',
  {
    title: {
      en: 'udpRequest() takes a late answer to its first attempt',
      ja: 'udpRequest() は 1 回目への遅れた返事も受け取る',
    },
    points: 1,
    restsOn: 'request-retries',
    why: {
      en: 'the answer goes to the address and port that asked: a socket that is no longer there cannot receive it',
      ja: '返事は尋ねたアドレスとポートに届きます。もうないソケットでは受け取れません',
    },
    next: {
      en: 'look at how many sockets one request makes',
      ja: '1 つのリクエストでソケットをいくつ作っているかを見てください',
    },
  },
  async (kit) => {
    const { server, request } = await ask(kit, Buffer.from('8 what?'), { ...eager, match: 1 })
    const first = await untilFailed(request, server.receive('8 what?'))
    const second = await untilFailed(request, server.receive('8 what?'))
    if (second.port !== first.port) {
      kit.fail({
        en: 'the second attempt came from another socket than the first',
        ja: '2 回目の質問は、1 回目とは別のソケットから届きました',
      })
    }
    await server.send('8 this, to the first attempt', first)
    await expectAnswer(kit, request, Buffer.from('8 this, to the first attempt'))
  },
)

check(
  'request-waits',
  {
    title: {
      en: 'udpRequest() waits timeoutMs after each attempt',
      ja: 'udpRequest() は尋ねるたびに timeoutMs 待つ',
    },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'an answer needs time to come: every attempt waits for it, the last one too',
      ja: '返事が届くには時間がかかります。最後の 1 回も含め、尋ねるたびに待ちます',
    },
    next: {
      en: 'look at what happens between two attempts, and after the last',
      ja: '2 回の質問の間と、最後の質問のあとに何が起きるかを見てください',
    },
  },
  async (kit) => {
    for (const retries of [3, 0]) {
      const { server, request } = await ask(kit, Buffer.from('what?'), {
        ...patient,
        retries,
      })
      const from = await untilFailed(request, server.receive('what?'))
      await server.quiet({
        extra: {
          why: {
            en: 'timeoutMs were not over, and it asked again: all attempts at once are lost at once',
            ja: 'timeoutMs が過ぎる前にもう一度尋ねました。一度に送れば、一度に失われます',
          },
        },
      })
      await server.send('this', from)
      await expectAnswer(kit, request, Buffer.from('this'))
    }
  },
)

check(
  'request-timeout',
  {
    title: {
      en: 'udpRequest() gives up after its last attempt, and says so',
      ja: 'udpRequest() は最後の試みのあとであきらめ、それを伝える',
    },
    points: 2,
    restsOn: 'request-retries',
    why: {
      en: 'retries: 2 makes three attempts, and retries: 0 makes one, each with its own timeoutMs; whoever called must learn that there is no answer, by a rejection',
      ja: 'retries: 2 なら 3 回、retries: 0 なら 1 回尋ね、毎回 timeoutMs 待ちます。返事がないことは、拒否によって呼び出し側に伝えます',
    },
    next: {
      en: 'count the attempts, and see how long each of them waits',
      ja: '尋ねた回数と、毎回どれだけ待つかを確かめてください',
    },
    try: ['nc -u -l 127.0.0.1 43211'],
  },
  async (kit) => {
    const server = await kit.udp.bind()
    const module = await kit.shared.module(file)
    // The usual case, the fewest attempts, and many.
    for (const [retries, timeoutMs] of [
      [2, 250],
      [0, 250],
      [12, 20],
    ] as const) {
      const options = { to: server.local, timeoutMs, retries }
      const question = Buffer.from('anybody?')
      const error = await module.rejects('udpRequest', [question, options], 'ETIMEDOUT', {
        resolved: {
          why: {
            en: 'no answer came: whatever it resolved with, nobody has sent that',
            ja: '返事は届いていません。解決した値が何であれ、誰も送っていないものです',
          },
        },
      })
      const attempts = retries + 1
      const asked = (await server.drain()).length
      if (asked !== attempts) {
        kit.fail({
          en: `with retries: ${retries} it asks ${times(attempts)}, and ${asked} questions came`,
          ja: `retries: ${retries} なら ${attempts} 回尋ねるはずですが、${asked} 回届きました`,
        })
      }
      // A timer may come a millisecond early, never more.
      if (error.milliseconds < attempts * (timeoutMs - 2)) {
        kit.fail({
          en: `it gave up before timeoutMs were over ${times(attempts)}`,
          ja: `timeoutMs を ${attempts} 回待たないうちにあきらめました`,
        })
      }
      if (error.numbers?.attempts !== attempts) {
        kit.fail({
          en: `the error's attempts was ${String(error.numbers?.attempts)}, where it had asked ${times(attempts)}`,
          ja: `${attempts} 回尋ねたのに、エラーの attempts は ${String(error.numbers?.attempts)} でした`,
        })
      }
      await server.quiet({}, 1.5 * timeoutMs)
    }
    // Two at a time: the second gives up long before the first.
    const both = [3, 0].map(async (retries) => {
      const options = { to: server.local, timeoutMs: 100, retries }
      const args = [Buffer.from('anybody?'), options]
      const { numbers } = await module.rejects('udpRequest', args, 'ETIMEDOUT', apart)
      if (numbers?.attempts !== retries + 1) {
        kit.fail(
          {
            en: `of two requests at a time, the one with retries: ${retries} was rejected with attempts: ${String(numbers?.attempts)}`,
            ja: `同時の 2 つのリクエストのうち、retries: ${retries} のほうのエラーの attempts は ${String(numbers?.attempts)} でした`,
          },
          {
            why: {
              en: 'attempts is how often this one was asked, whatever else is under way',
              ja: 'attempts は、ほかに何が進行中でも、そのリクエストで尋ねた回数です',
            },
            next: mixedUp.threw.next,
          },
        )
      }
    })
    await Promise.all(both)
  },
)

check(
  'request-match',
  {
    title: {
      en: 'udpRequest() ignores an answer to another question',
      ja: 'udpRequest() は別の質問への返事を無視する',
    },
    points: 2,
    restsOn: 'request-answers',
    why: {
      en: 'an answer carries the id of its question: what begins otherwise answers something that was asked before, or by somebody else',
      ja: '返事は質問の id を持っています。別の id で始まるものは、前の質問やほかの人の質問への返事です',
    },
    next: {
      en: 'look at what becomes of match, and of an answer shorter than that',
      ja: 'match がどう使われるか、それより短い返事がどうなるかを見てください',
    },
  },
  async (kit) => {
    const text = ['41 wrong id', '4', '', 'not 42']
    await among(kit, 2, '42 what?', text, '42 right')
    // As text all of these are one id, and as a number too; and the answer need not hold more than that.
    const id = Buffer.from([0xff, 1, 2, 3, 4, 0, 0xfe, 0xfd])
    const other = Buffer.from([0xff, 1, 2, 3, 4, 0, 0xfe, 0xfc])
    await among(kit, 8, Buffer.concat([id, Buffer.from(' what?')]), [other, id.subarray(0, 7)], id)
    await among(kit, 1, '7 what?', ['8 what?'], '7: this')
  },
)

check(
  'request-stranger',
  {
    title: {
      en: 'udpRequest() ignores what a stranger sends',
      ja: 'udpRequest() は見知らぬ相手の送ったものを無視する',
    },
    points: 2,
    restsOn: 'request-answers',
    why: {
      en: 'anybody can send to an open UDP socket: only a datagram from the address and the port that were asked is an answer',
      ja: '開いた UDP ソケットには誰でも送れます。尋ねたアドレスとポートから届いたものだけが返事です',
    },
    next: {
      en: 'look at both parts of the sender: address and port',
      ja: '送信者のアドレスとポートの両方を見てください',
    },
  },
  async (kit) => {
    const port = await kit.freePort()
    const { server, request, module } = await ask(kit, Buffer.from('1 what?'), {
      ...patient,
      match: 1,
      host: elsewhere,
      port,
    })
    const from = await untilFailed(request, server.receive('1 what?', notElsewhere))
    await forgetEarly(module, server)
    const stranger = await kit.udp.bind({ host: elsewhere }, { name: 'stranger' })
    await stranger.send('1 from another port', from)
    if (process.platform === 'linux') {
      // One of them as a text begins like the address that was asked.
      for (const host of ['127.0.0.1', '127.0.0.20']) {
        const namesake = await kit.udp.bind({ host, port }, { name: host })
        await namesake.send('1 from another address', from)
      }
    }
    await server.send('1 right', from)
    await expectAnswer(kit, request, Buffer.from('1 right'))
    await expectAskedOnce(kit, server)
  },
)

check(
  'request-noise',
  {
    title: {
      en: 'udpRequest() gives up in time among other datagrams',
      ja: 'udpRequest() は無関係なものが届き続けてもあきらめる',
    },
    points: 1,
    restsOn: 'request-match',
    why: {
      en: 'what is no answer is as if it had not come: it does not make the time begin anew',
      ja: '返事でないものは、届かなかったのと同じです。それで待ち時間が最初からになることはありません',
    },
    next: {
      en: 'look at where the timer starts',
      ja: 'タイマーをどこで開始しているかを見てください',
    },
  },
  async (kit) => {
    const server = await kit.udp.bind()
    const module = await kit.shared.module(file)
    const told = kit.transcript.steps.length
    // A busy machine may be late for a right program too, but not each time.
    for (let tries = 1; await beginsAnew(kit, module, server); tries++) {
      if (tries === 5) {
        kit.fail({
          en: 'after a datagram that was no answer it waited timeoutMs once more',
          ja: '返事でないデータグラムが届くと、そこからまた timeoutMs 待ちました',
        })
      }
      kit.transcript.steps.length = told
    }
  },
)

check(
  'request-stops',
  {
    title: {
      en: 'udpRequest() is over with its first answer',
      ja: 'udpRequest() は最初の返事で終わる',
    },
    points: 2,
    restsOn: 'request-retries',
    why: {
      en: 'after the answer nothing more is asked; a second copy of it answers nothing any more, and does no harm',
      ja: '返事のあとはもう尋ねません。同じ返事がもう 1 つ届いても何の返事にもならず、害もありません',
    },
    next: {
      en: 'look at what is still running when the answer has come: timers, listeners',
      ja: '返事が届いたあとにどのタイマーやリスナーが動いているかを見てください',
    },
  },
  async (kit) => {
    const { server, request, module } = await ask(kit, Buffer.from('1 one?'), {
      ...eager,
      match: 1,
    })
    const from = await untilFailed(request, server.receive('1 one?'))
    for (const copy of ['1 first', '1 first', '1 second']) await server.send(copy, from)
    await expectAnswer(kit, request, Buffer.from('1 first'))
    // Attempts that were under way are no mistake: those that come now are.
    await server.drain()
    await server.send('1 late', from)
    await server.quiet({}, 2 * eager.timeoutMs)
    const to = server.local
    const next = module.later('udpRequest', [Buffer.from('2 two?'), { to, ...patient, match: 1 }])
    const again = await untilFailed(next, server.receive('2 two?'))
    await server.send('1 first', again)
    await server.send('2 second', again)
    await expectAnswer(kit, next, Buffer.from('2 second'))
  },
)

check(
  'request-many',
  {
    title: {
      en: 'udpRequest() keeps ten requests at a time apart',
      ja: 'udpRequest() は同時の 10 個のリクエストを区別する',
    },
    points: 1,
    restsOn: 'request-match',
    why: {
      en: 'each request has its own question, answer, timer and end; answers come in any order',
      ja: 'リクエストごとに質問も返事もタイマーも終わりも別です。返事はどんな順でも届きます',
    },
    next: {
      en: 'look for something that all requests share',
      ja: 'すべてのリクエストで共有しているものを探してください',
    },
  },
  async (kit) => {
    const server = await kit.udp.bind({}, { silent: true })
    const module = await kit.shared.module(file)
    // Half of them have an id; the others are known only by the socket that asked.
    const requests = Array.from({ length: 10 }, (_, index) =>
      module.later('udpRequest', [
        Buffer.from(`${index} what?`),
        { to: server.local, ...patient, ...(index % 2 === 0 && { match: 1 }) },
      ]),
    )
    const senders = new Map<string, Address>()
    const anyFailed = Promise.race(requests.map((request) => untilFailed(request, never, mixedUp)))
    while (senders.size < requests.length) {
      const { data, from } = await Promise.race([server.datagram(apart), anyFailed])
      senders.set(String(data), from)
    }
    kit.transcript.add('send', { en: 'ten answers, the last first', ja: '10 個の返事を逆順に' })
    for (const [question, from] of [...senders].toReversed()) {
      await server.send(`${question.charAt(0)} this`, from)
    }
    for (const [index, request] of requests.entries()) {
      await expectAnswer(kit, request, Buffer.from(`${index} this`), mixedUp)
    }
  },
)

check(
  'request-too-long',
  {
    title: {
      en: 'udpRequest() sends 65,507 bytes, and rejects 65,508',
      ja: 'udpRequest() は 65,507 バイトを送り、65,508 バイトなら Promise が拒否される',
    },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'a UDP datagram over IPv4 carries 65,507 bytes at most: 65,535 less the headers; asking again will not make it shorter',
      ja: 'IPv4 の UDP データグラムは最大 65,507 バイト（65,535 からヘッダーを引いた値）です。尋ね直しても短くはなりません',
    },
    next: {
      en: 'look at who learns that send() has failed',
      ja: 'send() の失敗を誰が知るかを見てください',
    },
  },
  async (kit) => {
    onLinux(kit)
    const server = await kit.udp.bind()
    const module = await kit.shared.module(file)
    const options = { to: server.local, ...patient }
    await module.rejects('udpRequest', [Buffer.alloc(longestDatagram + 1), options], 'EMSGSIZE', {
      silent: {
        why: {
          en: 'the error of send() says at once that this can never be sent; waiting for an answer is in vain',
          ja: 'send() のエラーは、これが決して送れないことをすぐに伝えます。返事を待っても無駄です',
        },
      },
    })
    const longest = kit.random.bytes(longestDatagram)
    const request = module.later('udpRequest', [longest, options])
    const from = await untilFailed(request, server.receive(longest))
    const answer = kit.random.bytes(longestDatagram, 'answer')
    await server.send(answer, from)
    await expectAnswer(kit, request, answer, longAnswer)
  },
)

check(
  'request-refused',
  {
    title: {
      en: 'udpRequest() rejects where nobody receives',
      ja: 'udpRequest() の Promise は、相手がいなければ拒否される',
    },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'where nobody has a socket, no answer ever comes; a connected socket is told by an error, any other is told nothing',
      ja: 'ソケットがない場所からは決して返事が来ません。connect したソケットはエラーで知らされ、それ以外は何も知らされません',
    },
    next: {
      en: "look at the socket's 'error' event, and at the end of the last attempt",
      ja: "ソケットの 'error' イベントと、最後の試みの終わりを見てください",
    },
  },
  async (kit) => {
    const to = { host: '127.0.0.1', port: await kit.freePort() }
    const module = await kit.shared.module(file)
    await module.rejects(
      'udpRequest',
      [Buffer.from('anybody?'), { to, timeoutMs: 40, retries: 1 }],
      ['ECONNREFUSED', 'ETIMEDOUT'],
      {
        exited: {
          why: {
            en: "a connected socket is told that nobody is there by an 'error' event, and nobody listened to it",
            ja: "connect したソケットには 'error' イベントで相手がいないことが知らされますが、誰も処理していませんでした",
          },
        },
      },
    )
  },
)

check(
  'request-ipv6',
  {
    title: { en: 'udpRequest() asks at ::1 too', ja: 'udpRequest() は ::1 にも尋ねる' },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'a UDP socket belongs to one family of addresses: one of IPv4 cannot send to an IPv6 address',
      ja: 'UDP ソケットは 1 つのアドレスファミリーに属します。IPv4 のソケットから IPv6 アドレスには送れません',
    },
    next: {
      en: 'look at the type that you give createSocket()',
      ja: 'createSocket() に渡す種類を見てください',
    },
  },
  async (kit) => {
    onIPv6(kit)
    const { server, request } = await ask(kit, Buffer.from('six?'), { ...patient, host: '::1' })
    const from = await untilFailed(request, server.receive('six?'), wrongFamily)
    await server.send('six!', from)
    await expectAnswer(kit, request, Buffer.from('six!'))
  },
)

check(
  'request-bad-wire',
  {
    title: {
      en: 'udpRequest() gets every answer over a bad wire',
      ja: 'udpRequest() は不安定な回線でもすべての返事を得る',
    },
    points: 2,
    restsOn: 'request-stops',
    why: {
      en: 'a network may lose a datagram, double it, delay it, or let another overtake it; each request still ends with its own answer',
      ja: 'ネットワークでは、データグラムが失われたり、重複したり、遅れたり、順序が入れ替わったりします。それでも、各リクエストは自分の返事で終わります',
    },
    next: {
      en: 'follow one question through the numbered list: which attempt is answered?',
      ja: '番号付きの一覧で 1 つの質問を追ってください。何回目の質問に返事が返りますか',
    },
  },
  async (kit) => {
    const server = await kit.udp.bind()
    server.answers((data) => Buffer.concat([data.subarray(0, 1), Buffer.from(' this')]))
    // It begins badly: only the fourth attempt of the first request can be answered.
    const relay = await kit.udp.relay({
      to: server.local,
      there: ['drop', 'drop', 'pass', ...relayPlan(kit.random, 'there', 9), 'pass'],
      back: ['drop', ...relayPlan(kit.random, 'back', 9), 'pass'],
    })
    const module = await kit.shared.module(file)
    for (let number = 1; number <= 5; number++) {
      const options = { to: relay.address, timeoutMs: 40, retries: 100, match: 1 }
      const request = module.later('udpRequest', [Buffer.from(`${number} what?`), options])
      await expectAnswer(kit, request, Buffer.from(`${number} this`), unheard)
    }
  },
)

check(
  'request-ends',
  {
    title: {
      en: 'udpRequest() leaves nothing behind after an answer',
      ja: 'udpRequest() は返事のあとに何も残さない',
    },
    points: 1,
    restsOn: 'request-answers',
    why: {
      en: 'an open socket or a running timer keeps the process from ending, however long ago the answer came',
      ja: '開いたソケットや動いているタイマーは、返事がとうに届いていてもプロセスの終了を妨げます',
    },
    next: {
      en: 'look at what you opened and started, and at who ends it',
      ja: '開いたもの、開始したものを、誰が終わらせるかを見てください',
    },
  },
  async (kit) => {
    const module = await kit.module(file)
    // Two at a time: each has its own socket and timer to end.
    const one = await ask(kit, Buffer.from('one?'), patient, module)
    const fromOne = await untilFailed(one.request, one.server.receive('one?'))
    const two = await ask(kit, Buffer.from('two?'), patient, module)
    const fromTwo = await untilFailed(two.request, two.server.receive('two?', apart))
    const before = module.files
    await two.server.send('two', fromTwo)
    await expectAnswer(kit, two.request, Buffer.from('two'))
    await one.server.send('one', fromOne)
    await expectAnswer(kit, one.request, Buffer.from('one'))
    await expectClosed(kit, module, before, 2)
    await module.ends()
  },
)

check(
  'request-fails-clean',
  {
    title: {
      en: 'udpRequest() leaves nothing behind after a failure',
      ja: 'udpRequest() は失敗のあとにも何も残さない',
    },
    points: 1,
    restsOn: 'request-refused',
    why: {
      en: 'a failure is an end like any other: the socket is to be closed and the timer to be stopped on each way out',
      ja: '失敗も 1 つの終わり方です。どの道を通って終わっても、ソケットを閉じ、タイマーを止めます',
    },
    next: {
      en: "go through the ways out one by one: an answer, no answer, an error of send(), an 'error' event",
      ja: "終わり方を 1 つずつたどってください。返事、返事なし、send() のエラー、'error' イベント",
    },
  },
  async (kit) => {
    const module = await kit.module(file)
    const server = await kit.udp.bind()
    const message = Buffer.from('anybody?')
    const to = server.local
    // One is under way meanwhile: what is open then, is its own.
    const open = await ask(kit, Buffer.from('one?'), patient, module)
    const from = await untilFailed(open.request, open.server.receive('one?'))
    const before = module.files
    await module.rejects(
      'udpRequest',
      [message, { to, timeoutMs: 20, retries: 1 }],
      'ETIMEDOUT',
      apart,
    )
    if (process.platform === 'linux') {
      const tooLong = Buffer.alloc(longestDatagram + 1)
      const options = { to, ...patient }
      await module.rejects('udpRequest', [tooLong, options], 'EMSGSIZE')
    }
    const nobody = { host: '127.0.0.1', port: await kit.freePort() }
    const soon = [message, { to: nobody, timeoutMs: 400, retries: 0 }]
    const error = await module.rejects('udpRequest', soon, ['ECONNREFUSED', 'ETIMEDOUT'])
    // One that is told at once need not wait. Then only what it leaves behind does.
    if (error.code === 'ECONNREFUSED' && error.milliseconds < 300) {
      // Its only attempt: after another one it might have asked again first.
      const only = { to: nobody, timeoutMs: forEver, retries: 0 }
      await module.rejects('udpRequest', [message, only], 'ECONNREFUSED')
    }
    await open.server.send('one', from)
    await expectAnswer(kit, open.request, Buffer.from('one'), mixedUp)
    await expectClosed(kit, module, before, 1)
    await module.ends()
  },
)

interface AskOptions {
  timeoutMs: number
  retries: number
  match?: number
  host?: string
  port?: number
}

/** One request among noise: whether it took as long as one does for which the time begins anew with what is no answer. */
async function beginsAnew(kit: Kit, module: Module, server: UdpPeer): Promise<boolean> {
  const [timeoutMs, pause] = [600, 400]
  const options = { to: server.local, timeoutMs, retries: 0, match: 1 }
  const told = kit.transcript.steps.length
  const asked = performance.now()
  const makeNoise = async (): Promise<number> => {
    const { from } = await server.datagram()
    await sleep(pause)
    for (const noise of ['4 noise', '4', '']) await server.send(noise, from)
    return performance.now()
  }
  const [{ milliseconds, numbers }, made] = await Promise.all([
    module.rejects('udpRequest', [Buffer.from('5 what?'), options], 'ETIMEDOUT', endless),
    makeNoise(),
  ])
  await expectAskedOnce(kit, server)
  // A timer may come a millisecond early, never more.
  if (milliseconds < timeoutMs - 2) {
    kit.fail(
      {
        en: 'after a datagram that was no answer it gave up, before timeoutMs were over',
        ja: '返事でないデータグラムが届くと、timeoutMs が過ぎる前にあきらめました',
      },
      asIfItHadNotCome,
    )
  }
  if (numbers?.attempts !== 1) {
    kit.fail(
      {
        en: `the error's attempts was ${String(numbers?.attempts)}, where it had asked once, and then got datagrams that were no answer`,
        ja: `1 回尋ね、そのあと返事でないデータグラムが届きました。エラーの attempts は ${String(numbers?.attempts)} でした`,
      },
      asIfItHadNotCome,
    )
  }
  if (made - asked > timeoutMs) {
    // It came when the time may have been over, and has shown nothing: this request is not told of.
    kit.transcript.steps.length = told
    return beginsAnew(kit, module, server)
  }
  return milliseconds >= pause + timeoutMs
}

/** One request whose answer comes after datagrams that are none, and that is asked only once. */
async function among(
  kit: Kit,
  match: number,
  question: Buffer | string,
  noise: (Buffer | string)[],
  answer: Buffer | string,
): Promise<void> {
  const { server, request, module } = await ask(kit, Buffer.from(question), {
    ...patient,
    retries: 9,
    match,
  })
  const from = await untilFailed(request, server.receive(question))
  await forgetEarly(module, server)
  for (const datagram of [...noise, answer]) await server.send(datagram, from)
  await expectAnswer(kit, request, Buffer.from(answer))
  await expectAskedOnce(kit, server)
}

/** Takes what was asked too early, once all that is sent at once has been sent: that is the business of another check. */
async function forgetEarly(module: Module, server: UdpPeer): Promise<void> {
  await module.turn()
  await server.drain()
}

/** Expects that nothing has been asked since: the time for another attempt has not come. */
async function expectAskedOnce(kit: Kit, server: UdpPeer): Promise<void> {
  if ((await server.drain()).length === 0) return
  kit.fail(
    {
      en: 'it asked again, though it was not yet time to',
      ja: 'まだその時ではないのに、もう一度尋ねました',
    },
    {
      ...asIfItHadNotCome,
      next: {
        en: 'look at everything that begins another attempt, and at how many retries allows',
        ja: '次の質問を始めるところすべてと、retries が許す回数を見てください',
      },
    },
    'extra',
  )
}

const asIfItHadNotCome = {
  why: {
    en: 'what is no answer is as if it had not come: it uses up no attempt, and the one that is under way goes on waiting',
    ja: '返事でないものは、届かなかったのと同じです。それで 1 回分が終わることはなく、今の 1 回がそのまま待ち続けます',
  },
  next: {
    en: 'look at all that happens with a datagram that is no answer',
    ja: '返事でないデータグラムが届いたときに起きることすべてを見てください',
  },
}

/** A server of the grader, and a request to it that is under way. */
async function ask(
  kit: Kit,
  message: Buffer,
  { host = '127.0.0.1', port = 0, ...options }: AskOptions,
  module?: Module,
) {
  const server = await kit.udp.bind({ host, port })
  module ??= await kit.shared.module(file)
  const args = [message, { to: server.local, ...options }]
  return { server, module, request: module.later('udpRequest', args) }
}

const times = (number: number) => (number === 1 ? 'once' : `${number} times`)

const never = new Promise<never>(() => {})

const apart = {
  silent: {
    why: {
      en: 'another request was under way: each asks at once, and waits for no other',
      ja: '別のリクエストが進行中でした。リクエストはそれぞれすぐに尋ね、ほかを待ちません',
    },
    next: {
      en: 'look for something that all requests share',
      ja: 'すべてのリクエストで共有しているものを探してください',
    },
  },
}

const mixedUp = {
  threw: {
    why: {
      en: 'it was rejected while others were under way, and while there was still time for its answer',
      ja: 'ほかのリクエストの途中で、まだ自分の返事を待つ時間があるのに拒否されました',
    },
    next: {
      en: 'look for something that all requests share: a counter, a timer, a socket',
      ja: 'すべてのリクエストで共有しているものを探してください。カウンター、タイマー、ソケット',
    },
  },
}

const endless = {
  silent: {
    why: {
      en: 'what is no answer is as if it had not come: it does not make the time begin anew',
      ja: '返事でないものは、届かなかったのと同じです。それで待ち時間が最初からになることはありません',
    },
    next: {
      en: 'look at where the timer starts, and at what happens when it is over',
      ja: 'タイマーをどこで開始し、時間が過ぎたとき何が起きるかを見てください',
    },
  },
}

const unheard = {
  silent: {
    why: {
      en: 'with two losses in a row at most in each direction, asking again brings an answer in time; none was taken',
      ja: '各方向で続けて失われるのは多くても 2 回なので、尋ね直せば間に合うように返事が届きます。それが受け取られませんでした',
    },
  },
  threw: {
    why: {
      en: 'it gave up, though far more attempts were allowed than this wire loses',
      ja: 'この回線で失われるよりずっと多くの回数を許されているのに、あきらめました',
    },
    next: {
      en: 'count your attempts against retries, and follow one question through the numbered list',
      ja: '尋ねた回数を retries と比べ、番号付きの一覧で 1 つの質問を追ってください',
    },
  },
}

const noAnswer = {
  threw: {
    why: {
      en: 'it was rejected while there was still time for an answer',
      ja: 'まだ返事を待つ時間があるのに拒否されました',
    },
    next: {
      en: 'look at how long each attempt waits, the last one too, and for which socket',
      ja: '最後の 1 回も含め、どのソケットでどれだけ待っているかを見てください',
    },
  },
  silent: {
    why: {
      en: 'the answer was sent, from the address that was asked and with the right id, and it was not taken for one',
      ja: '尋ねたアドレスから正しい id の返事が送られましたが、返事として受け取られませんでした',
    },
    next: {
      en: 'look at what your program makes of each datagram that arrives, an empty one too',
      ja: '届いたデータグラムを、空のものも含め、プログラムがどう扱うかを見てください',
    },
  },
}

const longAnswer = {
  ...noAnswer,
  different: {
    why: {
      en: 'an answer may be as long as a datagram can be, however short or long the question was, and belongs to the caller as it came',
      ja: '質問の長さにかかわらず、返事はデータグラムの上限まで長くなることがあり、届いたまま呼び出し側に渡します',
    },
    next: {
      en: 'look for a limit or a buffer of your own',
      ja: '自分で設けた上限やバッファーを探してください',
    },
  },
} satisfies Explain

/** Waits for something, but no longer than until the request has failed. */
const untilFailed = <T>(
  request: LaterResult,
  wanted: Promise<T>,
  explain: Explain = noAnswer,
): Promise<T> =>
  Promise.race([wanted, request.failed.catch(() => request.value(explain) as Promise<never>)])

async function expectAnswer(
  kit: Kit,
  request: LaterResult,
  expected: Buffer,
  explain: Explain = noAnswer,
): Promise<void> {
  const value = await request.value(explain)
  if (Buffer.isBuffer(value) && value.equals(expected)) {
    return kit.transcript.add('result', quote(value))
  }
  const found = Buffer.isBuffer(value)
    ? quote(value)
    : { en: `a ${typeof value}, no Buffer`, ja: `Buffer ではなく ${typeof value}` }
  const answer = quote(expected)
  kit.fail(
    {
      en: `udpRequest() resolved with ${found.en}, where ${answer.en} was the answer`,
      ja: `返事は ${spaced(answer.ja)}ですが、udpRequest() は ${spaced(found.ja)}で解決しました`,
    },
    explain.different,
  )
}
