import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import {
  type Address,
  type Advice,
  check,
  count,
  deadlines,
  type Kit,
  kernelDrops,
  type Module,
  type RemoteObject,
  same,
  type UdpPeer,
  within,
} from '@socket-dojo/testkit'
import { elsewhere, everywhere } from './common.ts'

export const file = 'counter.ts'

check(
  'counter-counts',
  {
    title: {
      en: 'startCounter() counts what comes, and misses nothing',
      ja: 'startCounter() は届いたものを数え、欠けはない',
    },
    points: 1,
    why: {
      en: 'the number is in the first 4 bytes of each datagram, the most significant byte first',
      ja: '番号は各データグラムの先頭 4 バイトに、上位バイトから順に入っています',
    },
    next: {
      en: 'look at how you read the number, and at what you do with it',
      ja: '番号の読み方と、その使い方を見てください',
    },
  },
  async (kit) => {
    const here = { host: '127.0.0.1', port: await kit.freePort() }
    const module = await kit.shared.module(file)
    const { counter, send } = await start(kit, module, here)
    await expectCounts(kit, counter, { received: 0, lost: 0 }, nothingAdvice)
    for (let number = 0; number < 10; number++) await send(number)
    await expectCounts(kit, counter, { received: 10, lost: 0 })
    if (process.platform === 'linux') {
      await kit.udp.refused({ host: '127.0.0.2', port: here.port }, everywhere)
    }
  },
)

check(
  'counter-gaps',
  {
    title: {
      en: 'startCounter() tells lost, late and doubled datagrams apart',
      ja: 'startCounter() は欠落・遅延・重複を区別する',
    },
    points: 2,
    restsOn: 'counter-counts',
    why: {
      en: 'a gap tells how many are missing; one that comes late fills its place in the gap, and one that comes twice is no second one',
      ja: '番号の飛びは欠けた個数を示します。遅れて届いたものはその穴を埋め、2 回届いたものは 2 個とは数えません',
    },
    next: {
      en: 'write down what came, 0 1 5 3 3 0 6 6, and what your program remembers after each',
      ja: '届いた順 0 1 5 3 3 0 6 6 を書き、それぞれのあとでプログラムが何を覚えているかを見てください',
    },
  },
  async (kit) => {
    const module = await kit.shared.module(file)
    const { counter, send } = await start(kit, module)
    for (const number of [0, 1, 5]) await send(number)
    await expectCounts(kit, counter, { received: 3, lost: 3 }, gapAdvice)
    await send(3)
    await expectCounts(kit, counter, { received: 4, lost: 2 }, lateAdvice)
    for (const number of [3, 0, 6, 6]) await send(number)
    await expectCounts(kit, counter, { received: 5, lost: 2 }, twiceAdvice)
    const other = await start(kit, module, { host: elsewhere, port: 0 })
    await expectCounts(kit, other.counter, { received: 0, lost: 0 }, anotherAdvice)
    await other.send(2)
    await expectCounts(kit, other.counter, { received: 1, lost: 2 }, firstAdvice)
    await other.send(0)
    await expectCounts(kit, other.counter, { received: 2, lost: 1 }, zeroAdvice)
    await other.send(70_000)
    await expectCounts(kit, other.counter, { received: 3, lost: 69_998 }, farAdvice)
    await other.send(4)
    await expectCounts(kit, other.counter, { received: 4, lost: 69_997 }, veryLateAdvice)
    await expectCounts(kit, counter, { received: 5, lost: 2 }, anotherAdvice)
  },
)

check(
  'counter-burst',
  {
    title: {
      en: 'startCounter() knows what a burst of 5,000 has lost',
      ja: 'startCounter() は 5,000 個の連続送信で失われた数を正しく数える',
    },
    points: 2,
    restsOn: 'counter-gaps',
    why: {
      en: 'while a program is busy the kernel keeps datagrams for it until the buffer of the socket is full, and then drops them without a word, on loopback too',
      ja: 'プログラムが忙しい間、カーネルはソケットのバッファーがいっぱいになるまでデータグラムを預かり、その後は黙って捨てます。ループバックでも同じです',
    },
    next: {
      en: 'look at how large a number may become, and at gaps of thousands',
      ja: '番号がどこまで大きくなるか、何千もの飛びがどう扱われるかを見てください',
    },
    try: ['ss -uam'],
  },
  async (kit) => {
    const { module, counter, address } = await startAlone(kit)
    const sender = await kit.udp.connect(address, { silent: true })
    // The first of them comes for certain, and early: of the others some are lost.
    kit.transcript.add('send', numberText(0))
    await sender.send(numbered(0))
    await expectCounts(kit, counter, { received: 1, lost: 0 })
    await module.pause()
    kit.transcript.add('send', {
      en: `${count(burst)} numbered datagrams of 1,000 bytes`,
      ja: `1,000 バイトの番号付きデータグラムを ${count(burst)} 個`,
    })
    for (let number = 1; number < burst; number++) await sender.send(numbered(number, 1_000))
    const dropped = kernelDrops(address.port)
    module.resume()
    const { lost } = await lostBelow(kit, counter, sender, burst)
    // More may have been lost: the socket is not the only place on the way that can be full.
    if (dropped !== undefined && lost < dropped) {
      kit.fail({
        en: 'lost() is less than what the kernel says it has dropped',
        ja: 'lost() が、カーネルが捨てたという数より少なくなっています',
      })
    }
    // Then many that arrive, since it takes a hundred before the next are sent.
    kit.transcript.add('send', {
      en: `${count(more)} more, a few at a time`,
      ja: `さらに ${count(more)} 個を少しずつ`,
    })
    for (let number = burst + 1; number <= burst + more; number++) {
      await sender.send(numbered(number))
      if (number % 100 === 0) await module.turn()
    }
    const { received } = await lostBelow(kit, counter, sender, burst + more)
    kit.transcript.add('send', numberText(0))
    await sender.send(numbered(0))
    const last = await lostBelow(kit, counter, sender, farthest, farthestAdvice)
    if (last.received > received + 1) {
      kit.fail(
        {
          en: 'number 0 came again, long after the first time, and received() counted it again',
          ja: 'ずっと前に届いた番号 0 がもう一度届くと、received() はそれをもう一度数えました',
        },
        longAgoAdvice,
      )
    }
    const other = await start(kit, module)
    await counter.call('close')
    await kit.udp.refused(address, { different: closeAdvice })
    await other.send(1)
    await expectCounts(kit, other.counter, { received: 1, lost: 1 }, anotherAdvice)
    await other.counter.call('close')
    await module.ends()
  },
)

const burst = 5_000
const more = 2_000
/** The last of all: more than fits into a signed number of 4 bytes, and than a program can look at one by one. */
const farthest = 0xffff_ffff

const hereAdvice = {
  why: {
    en: 'senders know where to send from whoever chose the address and the port; port 0 alone leaves the choice to the kernel',
    ja: '送信側は、アドレスとポートを決めた側から送り先を知ります。カーネルに任せるのはポート 0 のときだけです',
  },
  next: everywhere.different.next,
}

const noNumberAdvice = {
  why: {
    en: 'whoever calls it goes on to reckon with what it returns: that has to be a number',
    ja: '呼び出し側は戻り値で計算を続けます。数値でなければなりません',
  },
  next: {
    en: 'look at the type of what it returns',
    ja: '戻り値の型を見てください',
  },
}

const nothingAdvice = {
  why: {
    en: 'nothing has come yet: no number is the highest, so none below it is missing',
    ja: 'まだ何も届いていません。最大の番号がないので、それより小さい欠けた番号もありません',
  },
}

const gapAdvice = {
  why: {
    en: 'after 0 and 1 came 5: three numbers are missing, not one',
    ja: '0、1 の次に 5 が届きました。欠けている番号は 1 つではなく 3 つです',
  },
}

const lateAdvice = {
  why: {
    en: 'after 0, 1 and 5 came 3, late: it is there now, and only 2 and 4 are missing',
    ja: '0、1、5 のあとに 3 が遅れて届きました。3 はもう欠けておらず、欠けているのは 2 と 4 だけです',
  },
}

const twiceAdvice = {
  why: {
    en: '3 and 0 came a second time, which is nothing new, and then 6, twice as well: 2 and 4 are missing',
    ja: '3 と 0 がもう一度届きましたが、新しいものではありません。次に 6 が、これも 2 回届きました。欠けているのは 2 と 4 です',
  },
}

const firstAdvice = {
  why: {
    en: 'numbers begin with 0: where 2 comes first, 0 and 1 are missing',
    ja: '番号は 0 から始まります。最初に 2 が届いたなら、0 と 1 が欠けています',
  },
}

const zeroAdvice = {
  why: {
    en: '0 came late, after 2: it is there now, and only 1 is missing',
    ja: '2 のあとに 0 が遅れて届きました。0 はもう欠けておらず、欠けているのは 1 だけです',
  },
}

const farAdvice = {
  why: {
    en: 'after 2 and 0 came 70,000: 1 is missing, and everything from 3 to 69,999',
    ja: '2 と 0 のあとに 70,000 が届きました。欠けているのは 1 と、3 から 69,999 までのすべてです',
  },
  next: {
    en: 'look at how many bytes of the number you read, and at the whole gap before it',
    ja: '番号を何バイト読んでいるか、その手前の飛び全体をどう数えているかを見てください',
  },
}

const veryLateAdvice = {
  why: {
    en: 'after 70,000 came 4, very late: however late it comes, it is not missing any more',
    ja: '70,000 のあとに 4 がとても遅れて届きました。どれだけ遅れても、届けばもう欠けていません',
  },
}

const longAgoAdvice = {
  why: {
    en: 'a datagram that comes twice is no second one, however many others come between',
    ja: '2 回届いたデータグラムは、間にどれだけほかのものが届いても 2 個とは数えません',
  },
  next: {
    en: 'look at how long your program remembers a number',
    ja: 'プログラムが番号をいつまで覚えているかを見てください',
  },
}

const anotherAdvice = {
  why: {
    en: 'another counter was in the same process: each call of startCounter() makes one with its own socket and numbers',
    ja: '同じプロセスに別のカウンターがありました。startCounter() は呼び出すたびに、自分のソケットと番号を持つカウンターを作ります',
  },
  next: {
    en: 'look for something that all counters share',
    ja: 'すべてのカウンターで共有しているものを探してください',
  },
}

const farthestAdvice = {
  why: {
    en: 'what 4 bytes hold is never negative, and may be so much that not even a fast program can look at each number of the gap before it',
    ja: '4 バイトの番号が負になることはありません。また、手前の飛びにある番号を 1 つずつ見ていられないほど大きいこともあります',
  },
  next: {
    en: 'look at how you read the number, and at what your program does for each number of a gap',
    ja: '番号の読み方と、飛びの中の番号 1 つ 1 つに対して何をしているかを見てください',
  },
}

const closeAdvice = {
  why: {
    en: 'close() had resolved, and the counter still had its socket: what is sent to it goes on being taken',
    ja: 'close() は解決しましたが、カウンターはまだソケットを持っています。送られたものを受け取り続けます',
  },
  next: {
    en: 'look at what close() does, to which socket, and at when it resolves',
    ja: 'close() がどのソケットに何をし、いつ解決するかを見てください',
  },
}

/** Starts a counter in a process of its own, on a port that nobody else gets when it is closed. */
export async function startAlone(kit: Kit) {
  const module = await kit.module(file)
  const here = { host: '127.0.0.1', port: await kit.freePort() }
  const counter = await module.object('startCounter', [here])
  return { module, counter, address: await counter.address() }
}

async function start(kit: Kit, module: Module, where: Address = { host: '127.0.0.1', port: 0 }) {
  const counter = await module.object('startCounter', [where])
  const address = await counter.address()
  if (address.host !== where.host || (where.port > 0 && address.port !== where.port)) {
    kit.fail(
      {
        en: 'it receives on another address or port than the one that it was given',
        ja: '渡されたものとは別のアドレスかポートで受信しています',
      },
      hereAdvice,
    )
  }
  const sender = await kit.udp.connect(address, { silent: true })
  const send = (number: number) => {
    kit.transcript.add('send', numberText(number))
    return sender.send(numbered(number))
  }
  return { counter, send }
}

/**
 * Sends a number again and again until it is there: then everything below it has come, or is lost. Returns how many
 * have come and are lost: that depends on the machine, and stands in no report.
 */
async function lostBelow(
  kit: Kit,
  counter: RemoteObject,
  sender: UdpPeer,
  highest: number,
  advice: Partial<Advice> = {},
): Promise<{ received: number; lost: number }> {
  const explain = { silent: advice, exited: advice }
  kit.transcript.add('send', numberText(highest))
  let [received, lost, over] = [0, 0, false]
  const everything = async (): Promise<void> => {
    while (!over && received + lost !== highest + 1) {
      await sender.send(numbered(highest))
      await sleep(10)
      received = Number(await counter.peek('received', explain))
      lost = Number(await counter.peek('lost', explain))
    }
  }
  await within(deadlines.answer * 2, everything())
  over = true
  kit.transcript.add('call', same('received(), lost()'))
  if (received + lost !== highest + 1) {
    kit.fail(
      {
        en: `received() and lost() together are not ${count(highest + 1)}, where ${count(highest)} is the highest number`,
        ja: `最大の番号は ${count(highest)} なのに、received() と lost() の和が ${count(highest + 1)} になりません`,
      },
      advice,
    )
  }
  return { received, lost }
}

const numberText = (number: number) => ({
  en: `number ${count(number)}`,
  ja: `番号 ${count(number)}`,
})

/** A datagram with its number, which may be all that it holds. */
function numbered(number: number, length = 4 + (number % 3)): Buffer {
  const data = Buffer.alloc(length)
  data.writeUInt32BE(number)
  return data
}

async function expectCounts(
  kit: Kit,
  counter: RemoteObject,
  expected: { received: number; lost: number },
  advice = {},
): Promise<void> {
  for (const name of ['received', 'lost'] as const) {
    const found = await counter.eventually(name, expected[name])
    if (found === expected[name]) continue
    kit.fail(
      {
        en: `${name}() was ${inspect(found)}, where ${expected[name]} was expected`,
        ja: `${name}() は ${expected[name]} のはずが ${inspect(found)} でした`,
      },
      typeof found === 'number' ? advice : noNumberAdvice,
    )
  }
}
