import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { type Address, check, count, expired, type Kit, ratio, within } from '@socket-dojo/testkit'
import { file, startAlone } from './echo.ts'

check(
  'echo-rate',
  {
    title: {
      en: 'echo keeps pace with the reference, 50 clients at once',
      ja: 'echo は同時に 50 のクライアントがいても解答例と同じ速さで応じる',
    },
    points: 0,
    stretch: true,
    restsOn: 'echo-large',
    why: {
      en: 'each message costs a read and a write; what your program does besides is what makes the difference',
      ja: '1 つのメッセージには read と write が 1 回ずつかかります。差がつくのは、それ以外にしていることです',
    },
    next: {
      en: 'count what happens for each chunk: copies, promises, listeners, timers',
      ja: '届いた分ごとのコピー、Promise、リスナー、タイマーを数えてください',
    },
  },
  async (kit) => {
    const own = await startAlone(kit)
    const reference = await startAlone(kit.reference())
    const found = await ratio(
      5,
      () => messages(kit, own.address),
      () => messages(kit, reference.address),
    )
    const measure = {
      en: `${found.toFixed(2)} × the messages per second of the reference`,
      ja: `毎秒のメッセージ数は解答例の ${found.toFixed(2)} 倍`,
    }
    kit.measured(measure)
    // Two runs of one program differ by a few per cent.
    if (found < 0.95) kit.fail(measure)
  },
)

check(
  'echo-memory',
  {
    title: {
      en: 'echo carries 10 GiB in less than 150 MiB of memory',
      ja: 'echo は 10 GiB を 150 MiB 未満のメモリで送り返す',
    },
    points: 0,
    stretch: true,
    restsOn: 'echo-large',
    why: {
      en: 'a stream has no end that a program could wait for: what it holds must not grow with what it carries',
      ja: 'ストリームは、終わりを待ってからまとめて扱えるものではありません。運ぶ量が増えても、手元に持つ量を増やしてはいけません',
    },
    next: {
      en: 'look at what is kept for each chunk, and for how long',
      ja: '届いた分ごとに何を、いつまで持っているかを見てください',
    },
  },
  async (kit) => {
    if (process.platform !== 'linux')
      kit.skip({
        en: 'the peak of a process stands in /proc on Linux only',
        ja: 'プロセスの最大メモリ使用量が /proc にあるのは Linux だけです',
      })
    const { module, address } = await startAlone(kit)
    if ((await within(patience, carry(kit, address, 10 * 1024))) === expired)
      kit.fail({
        en: `it had not come back after ${patience / 1_000} s`,
        ja: `${patience / 1_000} 秒たっても戻りきりませんでした`,
      })
    const status = readFileSync(`/proc/${module.pid}/status`, 'utf8')
    const peak = Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024)
    const measure = {
      en: `at most ${count(peak)} MiB in memory at one time`,
      ja: `メモリ使用量は最大 ${count(peak)} MiB`,
    }
    kit.measured(measure)
    if (!(peak < 150)) kit.fail(measure)
  },
)

const patience = 120_000

/** Messages of 16 bytes that 50 clients get back in a second, each client with one under way. */
async function messages(kit: Kit, address: Address): Promise<number> {
  const message = Buffer.alloc(16, file)
  const clients = await Promise.all(Array.from({ length: 50 }, () => open(kit, address)))
  let answered = 0
  for (const client of clients) {
    let missing = message.length
    client.on('data', (piece: Buffer) => {
      missing -= piece.length
      if (missing > 0) return
      missing = message.length
      answered++
      client.write(message)
    })
    client.write(message)
  }
  const started = performance.now()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  const rate = (1_000 * answered) / (performance.now() - started)
  for (const client of clients) client.destroy()
  return rate
}

/** Sends so many MiB, and expects them all back. */
async function carry(kit: Kit, address: Address, mebibytes: number): Promise<void> {
  const piece = kit.random.bytes(1024 * 1024)
  const client = await open(kit, address)
  let received = 0
  client.on('data', (bytes: Buffer) => (received += bytes.length))
  for (let sent = 0; sent < mebibytes && client.writable; sent++) {
    if (!client.write(piece)) await Promise.race([once(client, 'drain'), once(client, 'close')])
  }
  client.end()
  if (!client.readableEnded) await once(client, 'close')
  kit.transcript.add('send', { en: `${mebibytes / 1024} GiB`, ja: `${mebibytes / 1024} GiB` })
  if (received !== mebibytes * piece.length) {
    kit.fail({
      en: 'the connection ended before everything had come back',
      ja: 'すべてが戻る前に接続が終わりました',
    })
  }
}

async function open(kit: Kit, { host, port }: Address): Promise<Socket> {
  const client = connect({ host, port, noDelay: true, allowHalfOpen: true })
  kit.onEnd(() => void client.destroy())
  client.on('error', () => {}) // What has come back by then tells.
  await once(client, 'connect')
  return client
}
