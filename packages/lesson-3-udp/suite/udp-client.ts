import { check, deadlines } from '@socket-dojo/testkit'
import { elsewhere, notElsewhere, onIPv6 } from './common.ts'

const file = 'udp-client.ts'
const tries = [
  'pnpm dojo start lesson-3 udp-server 43211 2',
  'pnpm dojo start lesson-3 udp-client 127.0.0.1 43211 hello world',
]

check(
  'client-sends',
  {
    title: {
      en: 'udp-client sends each message as one datagram, and ends',
      ja: 'udp-client はメッセージを 1 つずつ送って終了する',
    },
    points: 2,
    why: {
      en: 'send() hands a datagram over later, and the kernel sends it as one: nothing is joined, nothing is split, nothing is waited for',
      ja: 'send() はデータグラムをあとで渡し、カーネルはそれを 1 つとして送ります。つなげることも分けることも待つこともありません',
    },
    next: {
      en: 'look at when a datagram has been sent, and at what happens before that',
      ja: 'データグラムがいつ送られたことになるか、その前に何が起きているかを見てください',
    },
    try: tries,
  },
  async (kit) => {
    const server = await kit.udp.bind()
    const { host, port } = server.local
    const words = ['one', 'two words', ' blank ', '-1', 'twice', 'twice', kit.random.word(5)]
    const client = kit.program(file, [host, String(port), ...words])
    for (const [index, word] of words.entries()) {
      const patience = index === 0 ? deadlines.ready : deadlines.answer
      await server.receive(word, lost, patience)
    }
    await client.exits(0, {
      running: {
        why: {
          en: 'an open UDP socket keeps the process running, and nothing more will be sent',
          ja: '開いた UDP ソケットはプロセスを動かし続けますが、もう送るものはありません',
        },
        next: {
          en: 'look at who closes the socket, and when',
          ja: 'ソケットを誰がいつ閉じるかを見てください',
        },
      },
    })
    await server.quiet()
  },
)

check(
  'client-empty',
  {
    title: {
      en: 'udp-client sends an empty message too',
      ja: 'udp-client は空のメッセージも送る',
    },
    points: 1,
    restsOn: 'client-sends',
    why: {
      en: 'a datagram of 0 bytes is 28 bytes of headers on the wire: it is sent, and it arrives',
      ja: '0 バイトのデータグラムも、ヘッダー 28 バイトとして送られ、届きます',
    },
    next: {
      en: 'look for a condition on the message',
      ja: 'メッセージを条件にしているところを探してください',
    },
    try: ['pnpm dojo start lesson-3 udp-client 127.0.0.1 43211 one "" three'],
  },
  async (kit) => {
    const server = await kit.udp.bind({ host: elsewhere })
    const { host, port } = server.local
    kit.program(file, [host, String(port), '', 'ソケット'])
    await server.receive('', notElsewhere, deadlines.ready)
    await server.receive('ソケット')
    const nothing = kit.program(file, [host, String(port)])
    await nothing.exits(0, {
      running: {
        why: {
          en: 'it was given no message at all: there was nothing to send, and nothing to wait for',
          ja: 'メッセージは 1 つも渡されていません。送るものも待つものもありません',
        },
        next: {
          en: 'look at what has to happen before the socket is closed',
          ja: 'ソケットを閉じる前に何が起きなければならないかを見てください',
        },
      },
    })
    await server.quiet()
  },
)

check(
  'client-nobody',
  {
    title: {
      en: 'udp-client does not mind where nobody receives',
      ja: 'udp-client は相手がいなくても正常に終わる',
    },
    points: 1,
    restsOn: 'client-sends',
    why: {
      en: 'to send a datagram nobody has to be there; only a connected socket is told that nobody was, by an error afterwards',
      ja: 'データグラムの送信に相手は必要ありません。相手がいなかったことをあとからエラーで知らされるのは、connect したソケットだけです',
    },
    next: {
      en: 'look at whether your socket is connected, and at what becomes of its errors',
      ja: 'ソケットを connect しているか、そのエラーがどうなるかを見てください',
    },
    try: ['pnpm dojo start lesson-3 udp-client 127.0.0.1 43219 hello'],
  },
  async (kit) => {
    const port = await kit.freePort()
    const client = kit.program(file, ['127.0.0.1', String(port), 'one', 'two', 'three'])
    const connected = {
      why: {
        en: 'nobody receives on that port, and the kernel said so: ECONNREFUSED is what a connected socket is told, and the program ended with it',
        ja: 'そのポートでは誰も受信しておらず、カーネルがそれを知らせました。connect したソケットだけが ECONNREFUSED を受け取り、プログラムはそれで終わりました',
      },
      next: {
        en: 'look at whether your socket has to be connected, and at what becomes of its errors',
        ja: 'ソケットを connect する必要があるか、そのエラーがどうなるかを見てください',
      },
    }
    await client.exits(0, { exited: connected })
  },
)

const family = {
  why: {
    en: 'a UDP socket belongs to one family of addresses: one of IPv4 cannot send to an IPv6 address',
    ja: 'UDP ソケットは 1 つのアドレスファミリーに属します。IPv4 のソケットから IPv6 アドレスには送れません',
  },
  next: {
    en: 'look at the type that you give createSocket()',
    ja: 'createSocket() に渡す種類を見てください',
  },
}

check(
  'client-ipv6',
  {
    title: { en: 'udp-client sends to ::1 too', ja: 'udp-client は ::1 にも送る' },
    points: 1,
    restsOn: 'client-sends',
    ...family,
    try: ['pnpm dojo start lesson-3 udp-client ::1 43211 hello'],
  },
  async (kit) => {
    onIPv6(kit)
    const server = await kit.udp.bind({ host: '::1' })
    const { host, port } = server.local
    const client = kit.program(file, [host, String(port), 'six'])
    await server.receive('six', { exited: family }, deadlines.ready)
    await client.exits(0, { exited: family })
  },
)

const lost = {
  silent: {
    why: {
      en: 'the datagram never came: a socket that is closed too early takes with it what it has not sent yet',
      ja: 'データグラムが届きませんでした。早く閉じすぎたソケットは、まだ送っていないものを道連れにします',
    },
  },
  different: {
    why: {
      en: 'each argument is a message of its own: whoever receives them joined cannot tell them apart',
      ja: '引数 1 つが 1 つのメッセージです。つなげてしまうと、受け取る側には区別できません',
    },
  },
}
