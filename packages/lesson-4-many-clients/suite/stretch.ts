import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Address, check, type Kit } from '@socket-dojo/testkit'
import { startAlone } from './registry-server.ts'

check(
  'registry-thousands',
  {
    title: {
      en: '5,000 idle clients slow nobody down',
      ja: '何もしない 5,000 のクライアントがいても、返事は遅くならない',
    },
    points: 0,
    stretch: true,
    restsOn: 'registry-crowd',
    why: {
      en: 'the kernel tells which sockets have something to read, so that idle ones cost memory and nothing else: unless the program walks through all of them',
      ja: '読むもののあるソケットはカーネルが教えてくれます。プログラムが全接続を調べて回らない限り、待っているだけの接続で増えるのはメモリの使用量だけです',
    },
    next: {
      en: 'look for what is done for every session where one asks: a search, a copy, a sort',
      ja: '1 つのクライアントが尋ねるたびに全セッションに対してしていることを探してください。検索、コピー、並べ替えなど',
    },
  },
  async (kit) => {
    const { address } = await startAlone(kit)
    const active = await open(kit, address)
    await slowest(active) // Whatever is slow only once is over.
    const before = await slowest(active)
    for (let batch = 0; batch < 50; batch++)
      await Promise.all(Array.from({ length: 100 }, () => open(kit, address)))
    const beside = await slowest(active)
    const reference = await startAlone(kit.reference())
    const other = await open(kit, reference.address)
    await slowest(other)
    const yardstick = await slowest(other)
    const found = beside / before
    const measure = {
      en: `the slowest answer of 100: ${found.toFixed(2)} × that without them, ${(beside / yardstick).toFixed(2)} × that of the reference without them`,
      ja: `100 回中で最も遅い返事: いないときの ${found.toFixed(2)} 倍、解答例（いないとき）の ${(beside / yardstick).toFixed(2)} 倍`,
    }
    kit.measured(measure)
    if (found > 2) kit.fail(measure)
  },
)

/** The 99th percentile of 5,000 answers, in milliseconds. */
async function slowest(client: Socket): Promise<number> {
  const times: number[] = []
  for (let question = 0; question < 5_000; question++) {
    const asked = performance.now()
    client.write('C')
    await once(client, 'data')
    times.push(performance.now() - asked)
  }
  return times.toSorted((a, b) => a - b)[4_949]!
}

async function open(kit: Kit, { host, port }: Address): Promise<Socket> {
  const client = connect({ host, port, noDelay: true })
  kit.onEnd(() => void client.destroy())
  client.on('error', () => {}) // Whoever reads it will tell.
  await once(client, 'connect')
  return client
}
