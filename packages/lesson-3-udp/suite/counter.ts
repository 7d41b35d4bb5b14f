import {
  same,
  within,
  check,
  count,
  deadlines,
  type Kit,
  kernelDrops,
  type RemoteObject,
} from '@socket-dojo/testkit'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf, eventually } from './remote.ts'

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
    const { counter, send } = await start(kit)
    await expectCounts(kit, counter, { received: 0, lost: 0 }, nothingAdvice)
    for (let number = 0; number < 10; number++) await send(number)
    await expectCounts(kit, counter, { received: 10, lost: 0 })
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
      en: 'write down what came, 0 1 5 3 3 6, and what your program remembers after each',
      ja: '届いた順 0 1 5 3 3 6 を書き、それぞれのあとでプログラムが何を覚えているかを見てください',
    },
  },
  async (kit) => {
    const { counter, send } = await start(kit)
    for (const number of [0, 1, 5]) await send(number)
    await expectCounts(kit, counter, { received: 3, lost: 3 }, gapAdvice)
    await send(3)
    await expectCounts(kit, counter, { received: 4, lost: 2 }, lateAdvice)
    await send(3)
    await send(6)
    await expectCounts(kit, counter, { received: 5, lost: 2 }, twiceAdvice)
    const other = await start(kit)
    await other.send(2)
    await expectCounts(kit, other.counter, { received: 1, lost: 2 }, firstAdvice)
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
    await module.pause()
    kit.transcript.add('send', {
      en: `${count(burst)} numbered datagrams of 1,000 bytes`,
      ja: `1,000 バイトの番号付きデータグラムを ${count(burst)} 個`,
    })
    for (let number = 0; number < burst; number++) await sender.send(numbered(number, 1_000))
    const dropped = kernelDrops(address.port)
    module.resume()
    // The last number is sent again until it is there: then everything before it has come, or never will.
    let [received, lost, over] = [0, 0, false]
    const everything = async (): Promise<void> => {
      while (!over && received + lost !== burst + 1) {
        await sender.send(numbered(burst, 1_000))
        await sleep(10)
        received = Number(await counter.peek('received'))
        lost = Number(await counter.peek('lost'))
      }
    }
    await within(deadlines.answer * 2, everything())
    over = true
    kit.transcript.add('call', same('received(), lost()'))
    if (received + lost !== burst + 1) {
      kit.fail({
        en: `received() and lost() together are not the ${count(burst + 1)} that were sent`,
        ja: `received() と lost() の和が、送った ${count(burst + 1)} 個になりません`,
      })
    }
    // More may have been lost: the socket is not the only place on the way that can be full.
    if (dropped !== undefined && lost < dropped) {
      kit.fail({
        en: 'lost() is less than what the kernel says it has dropped',
        ja: 'lost() が、カーネルが捨てたという数より少なくなっています',
      })
    }
    await counter.call('close')
    await module.ends()
  },
)

const burst = 5_000

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
    en: '3 came a second time, which is nothing new, and then 6: 2 and 4 are missing',
    ja: '3 がもう一度届きましたが、新しいものではありません。次に 6 が届き、欠けているのは 2 と 4 です',
  },
}

const firstAdvice = {
  why: {
    en: 'numbers begin with 0: where 2 comes first, 0 and 1 are missing',
    ja: '番号は 0 から始まります。最初に 2 が届いたなら、0 と 1 が欠けています',
  },
}

/** Starts a counter in a process of its own. */
export async function startAlone(kit: Kit) {
  const module = await kit.module(file)
  const counter = await module.object('startCounter', [{ host: '127.0.0.1', port: 0 }])
  return { module, counter, address: await addressOf(kit, counter) }
}

async function start(kit: Kit) {
  const module = await kit.shared.module(file)
  const counter = await module.object('startCounter', [{ host: '127.0.0.1', port: 0 }])
  const sender = await kit.udp.connect(await addressOf(kit, counter), { silent: true })
  const send = (number: number) => {
    kit.transcript.add('send', { en: `number ${number}`, ja: `番号 ${number}` })
    return sender.send(numbered(number))
  }
  return { counter, send }
}

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
    const found = await eventually(kit, counter, name, expected[name])
    if (found === expected[name]) continue
    kit.fail(
      {
        en: `${name}() was ${String(found)}, where ${expected[name]} was expected`,
        ja: `${name}() は ${expected[name]} のはずが ${String(found)} でした`,
      },
      advice,
    )
  }
}
