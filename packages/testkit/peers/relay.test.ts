import { afterEach, expect, test } from 'vitest'
import { Kit } from '../kit.ts'
import { Random } from '../random.ts'
import { type RelayAction, type RelayOptions, relayPlan } from './relay.ts'

const kits: Kit[] = []

afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.end()
})

async function wire(options: Omit<RelayOptions, 'to'>) {
  const job = {
    directory: '',
    problems: {},
    profile: 'plain',
    commands: false,
    seed: 's1',
  } as const
  const kit = new Kit(job, new Random('s1'), true)
  kits.push(kit)
  const server = await kit.udp.bind({}, { silent: true })
  const relay = await kit.udp.relay({ to: server.local, ...options })
  const client = await kit.udp.connect(relay.address, { silent: true })
  return { kit, server, relay, client }
}

/** What arrives of the words 1 to 6 under a plan. */
async function arrivals(there: RelayAction[]): Promise<string> {
  const { server, client } = await wire({ there, back: ['pass'] })
  for (const word of ['1', '2', '3', '4', '5', '6']) await client.send(word)
  const arrived: string[] = []
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (const { data } of await server.drain()) arrived.push(String(data))
  return arrived.join('')
}

test.each<[string, RelayAction[], string]>([
  ['passes', ['pass'], '123456'],
  ['drops, over and over', ['pass', 'drop'], '135'],
  ['doubles', ['twice', 'pass', 'pass'], '11234456'],
  ['swaps', ['swap', 'pass'], '214365'],
  [
    'lets the last one through that waits for another',
    ['pass', 'pass', 'pass', 'pass', 'pass', 'swap'],
    '123456',
  ],
  ['delays', [{ delay: 40 }, 'pass', 'pass', 'pass', 'pass', 'pass'], '234561'],
])('%s', async (_, plan, expected) => {
  expect(await arrivals(plan)).toBe(expected)
})

test('acts on both directions, and keeps clients apart', async () => {
  const { kit, server, relay, client } = await wire({ there: ['pass'], back: ['drop', 'pass'] })
  const other = await kit.udp.connect(relay.address)
  server.answers((data) => Buffer.concat([Buffer.from('re: '), data]))
  await client.send('lost')
  await client.quiet()
  await client.send('mine')
  await client.receive('re: mine')
  await other.send('lost')
  await other.quiet()
  await other.send('his')
  await other.receive('re: his')
  await client.quiet()
})

test('tells its seed and its numbered plan', async () => {
  const { kit } = await wire({ there: ['pass', 'drop', { delay: 5 }], back: ['twice', 'swap'] })
  expect(kit.transcript.steps[0]).toEqual({
    action: 'relay',
    detail: {
      en: 'seed s1, over and over\nto the server: 1 pass, 2 drop, 3 +5 ms\nback: 1 twice, 2 swap',
      ja: 'シード s1、繰り返し\nサーバーへ: 1 通す, 2 捨てる, 3 +5 ms\nクライアントへ: 1 2 回, 2 入れ替え',
    },
  })
})

test('makes the same plan of the same seed, with at most two losses in a row', () => {
  expect(relayPlan(new Random('a'), 'there')).toEqual(relayPlan(new Random('a'), 'there'))
  for (let seed = 0; seed < 200; seed++) {
    const plan = relayPlan(new Random(String(seed)), 'there')
    const twice = [...plan, ...plan].map((action) => (action === 'drop' ? 'x' : '.')).join('')
    expect(twice).not.toContain('xxx')
  }
})
