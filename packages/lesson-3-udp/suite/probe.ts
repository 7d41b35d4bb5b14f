import {
  check,
  type Explain,
  type Kit,
  type LaterResult,
  type Module,
  type UdpPeer,
} from '@socket-dojo/testkit'
import { elsewhere, expectClosed, forEver, notElsewhere, onIPv6, wrongFamily } from './common.ts'

const file = 'probe.ts'
const nobody = 'printf hi | socat - UDP:127.0.0.1:43219'

check(
  'probe-answer',
  {
    title: {
      en: "probe() says 'answer' where one comes",
      ja: "probe() は返事が来れば 'answer' を返す",
    },
    points: 1,
    why: {
      en: 'any datagram from there is an answer, an empty one too; nothing shorter of that proves that somebody is there',
      ja: 'そこから届くデータグラムは、空でもすべて返事です。それだけが、誰かがいる証拠になります',
    },
    next: {
      en: "look at the 'message' event, and at whether you send anything at all",
      ja: "'message' イベントと、そもそも何かを送っているかを見てください",
    },
    try: ['pnpm dojo start lesson-3 echo 43211'],
  },
  async (kit) => {
    const server = await kit.udp.bind()
    const module = await kit.shared.module(file)
    const { host, port } = server.local
    for (const answer of ['yes', '']) {
      const result = module.later('probe', [host, port, forEver])
      const { from } = await untilFailed(result, server.datagram())
      await server.send(answer, from)
      expectResult(kit, await result.value(notTaken), 'answer')
      await expectNoMore(kit, server)
    }
  },
)

check(
  'probe-refused',
  {
    title: {
      en: "probe() says 'refused' where nobody has a socket",
      ja: "probe() はソケットがなければ 'refused' を返す",
    },
    points: 2,
    restsOn: 'probe-answer',
    why: {
      en: 'the kernel there answers with the ICMP message "port unreachable"; yours tells it, as ECONNREFUSED, to a connected socket only',
      ja: '相手のカーネルは ICMP の「ポート到達不能（port unreachable）」を返します。自分のカーネルがそれを ECONNREFUSED として伝えるのは、connect したソケットにだけです',
    },
    next: {
      en: "look at connect() of a UDP socket, and at its 'error' event",
      ja: "UDP ソケットの connect() と 'error' イベントを見てください",
    },
    try: [nobody],
  },
  async (kit) => {
    const port = await kit.freePort()
    expectResult(kit, await insist(await kit.shared.module(file), '127.0.0.1', port), 'refused')
  },
)

check(
  'probe-silent',
  {
    title: {
      en: "probe() says 'silent' where nothing comes",
      ja: "probe() は何も来なければ 'silent' を返す",
    },
    points: 2,
    restsOn: 'probe-answer',
    why: {
      en: 'a socket is there, and nobody answers: that is neither an answer nor a refusal, and takes the whole timeoutMs to know',
      ja: 'ソケットはあるのに誰も答えません。返事でも拒否でもなく、それがわかるまで timeoutMs いっぱいかかります',
    },
    next: {
      en: 'look at how long you wait, and for whose datagram',
      ja: 'どれだけ、誰のデータグラムを待っているかを見てください',
    },
    try: ['nc -u -l 127.0.0.1 43211'],
  },
  async (kit) => {
    const server = await kit.udp.bind({ host: elsewhere })
    const stranger = await kit.udp.bind({}, { name: 'stranger' })
    const module = await kit.shared.module(file)
    const { host, port } = server.local
    for (const timeout of [[600], []]) {
      const result = module.later('probe', [host, port, ...timeout])
      const { from } = await untilFailed(result, server.datagram(notElsewhere))
      await stranger.send('not me', from)
      expectResult(kit, await result.value(), 'silent')
      const [milliseconds = 500] = timeout
      // A timer may come a millisecond early, never more.
      if ((await result.lasted()) < milliseconds - 2) {
        kit.fail({
          en: `probe() said 'silent' before timeoutMs were over: ${milliseconds} milliseconds`,
          ja: `probe() は timeoutMs（${milliseconds} ミリ秒）が過ぎる前に 'silent' を返しました`,
        })
      }
      await expectNoMore(kit, server)
    }
  },
)

check(
  'probe-ipv6',
  {
    title: { en: 'probe() asks at ::1 too', ja: 'probe() は ::1 にも尋ねる' },
    points: 1,
    restsOn: 'probe-refused',
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
    const server = await kit.udp.bind({ host: '::1' })
    const module = await kit.shared.module(file)
    const { host, port } = server.local
    const result = module.later('probe', [host, port, forEver])
    const { from } = await untilFailed(result, server.datagram(), wrongFamily)
    await server.send('yes', from)
    expectResult(kit, await result.value(), 'answer')
    expectResult(kit, await insist(module, '::1', await kit.freePort()), 'refused')
  },
)

check(
  'probe-ends',
  {
    title: { en: 'probe() leaves nothing behind', ja: 'probe() は何も残さない' },
    points: 1,
    restsOn: 'probe-refused',
    why: {
      en: 'an open socket or a running timer keeps the process from ending, whatever probe() has said',
      ja: '開いたソケットや動いているタイマーは、probe() が何を返したあとでもプロセスの終了を妨げます',
    },
    next: {
      en: 'go through the three results: what is still open after each?',
      ja: '3 つの結果をたどってください。それぞれのあとに何が開いたままですか',
    },
  },
  async (kit) => {
    const module = await kit.module(file)
    const server = await kit.udp.bind()
    const { host, port } = server.local
    const answered = module.later('probe', [host, port, forEver])
    const { from } = await untilFailed(answered, server.datagram())
    const before = module.files
    // Two at a time: each has its own socket and timer to end.
    const unanswered = module.later('probe', [host, port, 300])
    await untilFailed(unanswered, server.datagram())
    await server.send('yes', from)
    expectResult(kit, await answered.value(), 'answer')
    expectResult(kit, await unanswered.value(beside), 'silent')
    const dead = await kit.freePort()
    expectResult(kit, await module.call('probe', [host, dead, forEver]), 'refused')
    await expectClosed(kit, module, before, 1)
    await module.ends()
  },
)

const notTaken = {
  silent: {
    why: {
      en: 'a datagram came from there, and it was not taken for an answer: its length does not matter',
      ja: 'そこからデータグラムが届いたのに、返事として扱われませんでした。長さは関係ありません',
    },
  },
}

const beside = {
  silent: {
    why: {
      en: 'another probe was under way, and had its answer: each has its own end, and its own timer that brings it',
      ja: '別の probe が進行中で、そちらには返事が届きました。終わりも、それをもたらすタイマーも、probe ごとに別です',
    },
    next: {
      en: 'look for something that all probes share: a timer, a socket',
      ja: 'すべての probe で共有しているものを探してください。タイマー、ソケット',
    },
  },
}

const refusal = {
  exited: {
    why: {
      en: "the refusal comes as an 'error' event of the connected socket, ECONNREFUSED, and nobody handled it",
      ja: "拒否は connect したソケットの 'error' イベント（ECONNREFUSED）として届きますが、処理されていません",
    },
  },
}

/** Asks a port where nobody is, and once more where that was silent: on a slow machine the time can be over first. */
async function insist(module: Module, host: string, port: number): Promise<unknown> {
  const ask = () => module.call('probe', [host, port, 400], refusal)
  const first = await ask()
  return first === 'silent' ? ask() : first
}

/** Waits for something, but no longer than until the call has failed. */
const untilFailed = <T>(
  result: LaterResult,
  wanted: Promise<T>,
  explain: Explain = {},
): Promise<T> =>
  Promise.race([wanted, result.failed.catch(() => result.value(explain) as Promise<never>)])

/** Expects that nothing has come but the one datagram that a probe sends. */
async function expectNoMore(kit: Kit, server: UdpPeer): Promise<void> {
  if ((await server.drain()).length === 0) return
  kit.fail(
    {
      en: 'probe() sent more than one datagram',
      ja: 'probe() は 2 つ以上のデータグラムを送りました',
    },
    {
      why: {
        en: 'it sends one datagram, and tells what came of it: after a second one nobody knows which of them was answered',
        ja: 'データグラムを 1 つ送り、その結果を返します。2 つ送ると、どちらへの返事かわかりません',
      },
      next: {
        en: 'look at what sends, and at how often that happens',
        ja: '何が送信し、それが何回起きるかを見てください',
      },
    },
    'extra',
  )
}

function expectResult(kit: Kit, found: unknown, expected: string): void {
  if (found !== expected) {
    kit.fail({
      en: `probe() said ${JSON.stringify(found)}, where "${expected}" was expected`,
      ja: `probe() は "${expected}" ではなく ${JSON.stringify(found)} を返しました`,
    })
  }
  kit.transcript.add('result', { en: `"${expected}"`, ja: `"${expected}"` })
}
