import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, check, count, type Kit, type RemoteObject } from '@socket-dojo/testkit'
import { startAlone } from './counter.ts'

check(
  'counter-rate',
  {
    title: {
      en: 'startCounter() loses nothing of 50,000 datagrams per second',
      ja: 'startCounter() は毎秒 50,000 個のデータグラムを 1 つも失わない',
    },
    points: 0,
    stretch: true,
    restsOn: 'counter-burst',
    why: {
      en: 'the kernel keeps for a socket only what fits into its buffer: a program that is away for a few milliseconds finds the rest dropped',
      ja: 'カーネルがソケットのために預かるのは、バッファーに入る分だけです。数ミリ秒読みに行けないと、残りは捨てられます',
    },
    next: {
      en: 'look at setRecvBufferSize(), at what your program does for each datagram, and at ss -uam',
      ja: 'setRecvBufferSize()、データグラムごとにしていること、ss -uam を見てください',
    },
  },
  async (kit) => {
    const own = await losses(kit)
    const reference = await losses(kit.reference())
    kit.measured({
      en: `lost, yours and the reference's: ${table(own, reference).en}`,
      ja: `失われた割合（あなた / 解答例）: ${table(own, reference).ja}`,
    })
    if (own.get(50_000) !== 0)
      kit.fail({
        en: `lost, yours and the reference's: ${table(own, reference).en}`,
        ja: `失われた割合（あなた / 解答例）: ${table(own, reference).ja}`,
      })
  },
)

/** Datagrams per second. */
const rates = [10_000, 25_000, 50_000, 75_000]

/** The share that was lost at each rate, for half a second of it. */
async function losses(kit: Kit): Promise<Map<number, number>> {
  const lost = new Map<number, number>()
  for (const rate of rates) {
    const { counter, address } = await startAlone(kit)
    const sent = rate / 2
    await pace(kit, address, sent, rate)
    lost.set(rate, 1 - (await settled(counter)) / sent)
  }
  return lost
}

/** Sends numbered datagrams at an even pace: each millisecond those that are due. */
async function pace(kit: Kit, { host, port }: Address, total: number, rate: number): Promise<void> {
  const socket = createSocket('udp4')
  kit.onEnd(() => closed(socket))
  socket.connect(port, host)
  await once(socket, 'connect')
  const started = performance.now()
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.ceil(((performance.now() - started) * rate) / 1_000))
    for (; sent < due; sent++) {
      const datagram = Buffer.allocUnsafe(32)
      datagram.writeUInt32BE(sent)
      socket.send(datagram)
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** What it has received once nothing more comes. */
async function settled(counter: RemoteObject): Promise<number> {
  for (let before = -1; ;) {
    const received = Number(await counter.peek('received'))
    if (received === before) return received
    before = received
    await sleep(100)
  }
}

function closed(socket: Socket): void {
  try {
    socket.close()
  } catch {
    // It was closed before.
  }
}

function table(own: Map<number, number>, reference: Map<number, number>) {
  const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 2 : 0)} %`
  const row = (rate: number) => `${percent(own.get(rate)!)}, ${percent(reference.get(rate)!)}`
  return {
    en: `\n${rates.map((rate) => `  at ${count(rate).padStart(6)} per second: ${row(rate)}`).join('\n')}`,
    ja: `\n${rates.map((rate) => `  毎秒 ${count(rate).padStart(6)} 個: ${row(rate)}`).join('\n')}`,
  }
}
