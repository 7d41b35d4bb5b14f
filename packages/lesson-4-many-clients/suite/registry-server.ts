import {
  type Address,
  type Explain,
  type Kit,
  type Module,
  type RemoteObject,
  same,
  type TcpPeer,
  type Text,
} from '@socket-dojo/testkit'
import { deadlines, within } from '@socket-dojo/testkit/deadlines'

export const file = 'registry.ts'
export const run = 'pnpm dojo start lesson-4 registry 43211'
export const loopback = { host: '127.0.0.1', port: 0 }

/** A registry under judgement. */
export interface Registry {
  module: Module
  server: RemoteObject
  /** Where it listens; the host is the one to connect to. */
  address: Address
}

/** Starts a registry in the process that the checks share. */
export async function start(kit: Kit, options = loopback): Promise<Registry> {
  return registryIn(kit, await kit.shared.module(file), options)
}

/** Starts a registry in a process of its own, for a check that could harm others. */
export async function startAlone(kit: Kit, options = loopback): Promise<Registry> {
  return registryIn(kit, await kit.module(file), options)
}

/** Starts a registry in a process that may have one already. */
export async function registryIn(
  kit: Kit,
  module: Module,
  options: { host: string; port: number } = loopback,
): Promise<Registry> {
  const server = await module.object('startRegistry', [options])
  const address = await server.address()
  expectHost(kit, address, options.host)
  return { module, server, address }
}

/** Expects it to listen on the address that it was given, and on no other. */
export function expectHost(kit: Kit, { host }: Address, asked: string): void {
  if (host === asked) return
  kit.fail(
    {
      en: `it listens on ${host}, where ${asked} was asked for`,
      ja: `${asked} で待ち受けるはずが、${host} で待ち受けています`,
    },
    {
      why: {
        en: 'whoever starts a server decides from where it can be reached: on 127.0.0.1 from this machine only, on 0.0.0.0 or :: from everywhere',
        ja: 'どこから接続できるかは、サーバーを起動する側が決めます。127.0.0.1 ならこのマシンからだけ、0.0.0.0 や :: ならどこからでもです',
      },
      ...(host === '::' && {
        next: {
          en: 'look at what listen() is given: a port alone means every address',
          ja: 'listen() に何を渡しているかを見てください。ポートだけなら、すべてのアドレスという意味です',
        },
      }),
    },
  )
}

/** Connects, and asks W: whoever has an answer has a session. */
export async function join(
  kit: Kit,
  address: Address,
  name: string,
  from: { localAddress?: string; localPort?: number } = {},
  explain: Explain = {},
): Promise<TcpPeer> {
  const client = await kit.tcp.connect(address, explain, { name, ...from })
  await who(kit, client, address, explain)
  return client
}

/** Asks W, and expects both ends of the connection. */
export async function who(
  kit: Kit,
  client: TcpPeer,
  address: Address,
  explain: Explain = {},
): Promise<void> {
  await client.send('W')
  await receiveEnds(kit, client, address, explain)
}

/** Expects the answer to a W. */
export async function receiveEnds(
  kit: Kit,
  client: TcpPeer,
  address: Address,
  explain: Explain = {},
): Promise<void> {
  const ends = { server: address, client: client.local }
  const expected = bothEnds(address, client)
  const line = await client.receiveLine(explain, (found) => same(whole(`${mask(found, ends)}\n`)))
  if (line === expected) return
  const found = mask(line, ends)
  const signature = signatures.find(({ shows }) => shows(found, mask(expected, ends)))
  kit.fail(
    {
      en: `W answered ${whole(found)}, where ${whole(mask(expected, ends))} was expected`,
      ja: `W の返事は ${whole(mask(expected, ends))} のはずが ${whole(found)} でした`,
    },
    { ...explain.different, ...signature?.advice },
  )
}

/** Asks C, and expects a number. */
export async function count(client: TcpPeer, expected: number, explain?: Explain): Promise<void> {
  await client.send('C')
  await client.receive(`${expected}\n`, explain)
}

/** Waits until there are as many sessions, by sessions() and then by C. A client that is told to leave is still there for a moment. */
export async function expectSessions(
  kit: Kit,
  server: RemoteObject,
  observer: TcpPeer,
  expected: number,
  explain: Explain = {},
): Promise<void> {
  const number = () => sessionsOf(kit, server).then((sessions) => sessions.length)
  const found = await eventually(kit, number, (sessions) => sessions === expected)
  if (found !== expected) {
    kit.fail(
      {
        en: `sessions() holds ${found}, where there ${are(expected)}`,
        ja: `セッションは ${expected} 個のはずですが、sessions() は ${found} 個です`,
      },
      explain.different,
    )
  }
  await count(observer, expected, {
    different: {
      why: {
        en: 'C tells as many sessions as sessions() holds: two counters that are kept apart drift apart',
        ja: 'C が答える数は sessions() の個数と同じです。別々に数えると、いつか食い違います',
      },
      next: {
        en: 'look at what C counts, and at what sessions() returns',
        ja: 'C が何を数え、sessions() が何を返すのかを見てください',
      },
    },
  })
}

/** Expects that sessions() lists exactly these connections, each as `bothEnds` writes it. */
export async function expectList(
  kit: Kit,
  server: RemoteObject,
  expected: string[],
  explain: Explain = {},
): Promise<void> {
  const found = await sessionsOf(kit, server)
  const lines = found.map(({ local, remote }) => `${local} ${remote}`)
  const listed = expected.filter((line) => lines.includes(line)).length
  if (listed === expected.length && lines.length === expected.length) return
  kit.fail(
    {
      en: `${expected.length} clients are connected; sessions() has ${lines.length} entries, and ${listed} of the clients are among them`,
      ja: `接続中のクライアントの数は ${expected.length} です。sessions() には ${lines.length} 件あり、そのうち両端が正しいものは ${listed} 件です`,
    },
    explain.different,
  )
}

/** A connection as W answers it. */
export const bothEnds = (address: Address, { local }: TcpPeer): string =>
  `${written(address)} ${written(local)}`

/** What sessions() returns, if that is a list of sessions. */
export async function sessionsOf(
  kit: Kit,
  server: RemoteObject,
): Promise<{ local: string; remote: string }[]> {
  const value = await server.ask('sessions')
  if (Array.isArray(value) && value.every(isSession)) return value
  return kit.fail({
    en: 'sessions() did not return an array of objects with the strings local and remote',
    ja: 'sessions() が、文字列 local と remote を持つオブジェクトの配列を返しませんでした',
  })
}

/** Asks until the answer is as wanted, or the time is over; returns the last answer. It is one step of the story. */
export async function eventually<T>(
  kit: Kit,
  ask: () => Promise<T>,
  wanted: (answer: T) => boolean,
): Promise<T> {
  const { steps } = kit.transcript
  const before = steps.length
  let answer = await ask()
  const after = steps.length
  let over = false
  const asking = async () => {
    while (!wanted(answer) && !over) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      answer = await ask()
      steps.splice(before, after - before) // The last time stands for all.
    }
  }
  const asked = asking()
  await within(deadlines.end, asked)
  over = true
  await asked // The last question is answered before the story goes on.
  return answer
}

/** A port that the kernel gives to nobody by itself, so that it can be used twice in a check. */
export const ownPort = (): number => 10_000 + Math.floor(Math.random() * 20_000)

/** An address as the contract writes it. */
export const written = ({ host, port }: Address): string => {
  const plain = host.replace(/^::ffff:(?=\d+\.)/, '')
  return `${plain.includes(':') ? `[${plain}]` : plain}:${port}`
}

function isSession(value: unknown): value is { local: string; remote: string } {
  if (typeof value !== 'object' || value === null) return false
  const { local, remote } = value as { local?: unknown; remote?: unknown }
  return typeof local === 'string' && typeof remote === 'string'
}

/** Port numbers differ from run to run: they are named after whose they are. */
function mask(line: string, { server, client }: { server: Address; client: Address }): string {
  return line.replaceAll(/\d{4,5}(?!\d|\.)/g, (port) => {
    if (Number(port) === server.port) return '<server>'
    return Number(port) === client.port ? '<client>' : '<other>'
  })
}

/** A quotation that is not cut: two addresses are longer than what a report shows of bytes. */
const whole = (line: string) => JSON.stringify(line.slice(0, 120))

/** Said where a client, alone with others that only stay, gets no answer. */
export const nobodyAnswers = {
  why: {
    en: 'the client is connected, for the kernel connects without asking the program; but nobody has read its command and answered',
    ja: '接続はプログラムに聞かずにカーネルが確立するので、クライアントはつながっています。しかし、誰もコマンドを読んで答えていません',
  },
  next: {
    en: 'does something have to be over before this client is served: another client, a longer command?',
    ja: 'このクライアントに応じる前に、何かが終わるのを待っていませんか。ほかのクライアントや、もっと長いコマンドなどです',
  },
}

const are = (sessions: number) => (sessions === 1 ? 'is 1' : `are ${sessions}`)

const signatures: { shows: (found: string, expected: string) => boolean; advice: { why: Text } }[] =
  [
    {
      shows: (found, expected) => found === expected.split(' ').toReversed().join(' '),
      advice: {
        why: {
          en: "the two ends came in the other order: the server's own end is the local one, and comes first",
          ja: '2 つの端の順序が逆です。サーバー自身の端がローカルで、先に来ます',
        },
      },
    },
    {
      shows: (found) => found.includes('::ffff:'),
      advice: {
        why: {
          en: 'this client speaks IPv4: ::ffff:127.0.0.1 is how an IPv6 socket shows an IPv4 address (RFC 4291, section 2.5.5.2)',
          ja: 'このクライアントは IPv4 で話しています。::ffff:127.0.0.1 は、IPv6 のソケットが IPv4 アドレスを表す書き方です（RFC 4291 の 2.5.5.2 節）',
        },
      },
    },
    {
      shows: (found) => /^(0\.0\.0\.0|\[?::\]?):/.test(found),
      advice: {
        why: {
          en: 'that is the address of the listening socket: "every address". An accepted socket has the one address that its client connected to',
          ja: 'それは待ち受けソケットのアドレスで、「すべてのアドレス」の意味です。受け入れたソケットは、クライアントが接続してきた 1 つのアドレスを持ちます',
        },
      },
    },
    {
      shows: (found) => found.includes('undefined'),
      advice: {
        why: {
          en: 'a socket that is closed knows its addresses no more: ask while it is open',
          ja: '閉じたソケットはもうアドレスを知りません。開いているうちに調べます',
        },
      },
    },
  ]
