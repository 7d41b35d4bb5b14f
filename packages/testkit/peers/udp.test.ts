import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { type LearnerFault } from '../fault.ts'
import { hasIPv6, kernelDrops } from '../kernel.ts'
import { Kit } from '../kit.ts'
import { Random } from '../random.ts'

const kits: Kit[] = []

afterEach(async () => {
  for (const kit of kits.splice(0)) await kit.end()
})

function newKit(): Kit {
  const kit = new Kit(
    { directory: '', problems: {}, profile: 'plain', commands: false, seed: '1' },
    new Random('1'),
    true,
  )
  kits.push(kit)
  return kit
}

const faultOf = (promise: Promise<unknown>): Promise<LearnerFault> =>
  promise.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error as LearnerFault,
  )

test('carries datagrams both ways, whole and apart, empty ones too', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  const client = await kit.udp.connect(server.local)
  for (const word of ['one', '', 'two']) await client.send(word)
  const from = await server.receive('one')
  expect(from).toEqual(client.local)
  await server.receive('')
  await server.receive('two')
  await server.send('back', from)
  await client.receive('back')
  await client.quiet()
})

test('takes several datagrams in any order', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  const client = await kit.udp.connect(server.local)
  for (const word of ['b', 'a']) await client.send(word)
  await server.receiveEach(['a', 'b'])
  expect(server.waiting).toBe(0)
})

test('names what came instead', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  const client = await kit.udp.connect(server.local, { name: 'A' })
  await client.send('other')
  const different = await faultOf(server.receive('one'))
  expect(different).toMatchObject({
    outcome: 'different',
    message: 'the datagram "other" came, where "one" was expected',
  })
  const silent = await faultOf(client.receive('one', {}, 20))
  expect(silent).toMatchObject({
    outcome: 'silent',
    message: 'A: the datagram "one" was awaited, and nothing came',
  })
  await client.send('more')
  expect(await faultOf(server.quiet())).toMatchObject({ outcome: 'extra' })
})

test('sees a datagram from a stranger', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  const client = await kit.udp.connect(server.local)
  const stranger = await kit.udp.bind()
  await stranger.send('hello', client.local)
  expect(await faultOf(client.receive('hello'))).toMatchObject({ outcome: 'stranger' })
})

test('drains what had been sent, and never sees its own marker', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  const client = await kit.udp.connect(server.local)
  for (const word of ['one', '', 'two']) await client.send(word)
  expect((await server.drain()).map(({ data }) => String(data))).toEqual(['one', '', 'two'])
  expect(await server.drain()).toEqual([])
  await server.quiet()
})

test('knows where nobody is', async () => {
  const kit = newKit()
  const port = await kit.freePort()
  await kit.udp.refused({ host: '127.0.0.1', port })
  if (hasIPv6()) await kit.udp.refused({ host: '::1', port })
  const server = await kit.udp.bind({ port })
  expect(await faultOf(kit.udp.refused(server.local))).toMatchObject({ outcome: 'different' })
  await server.close()
  await kit.udp.refused({ host: '127.0.0.1', port })
})

test('answers in the background', async () => {
  const kit = newKit()
  const server = await kit.udp.bind()
  server.answers((data) => (data.length > 0 ? Buffer.concat([data, data]) : undefined))
  const client = await kit.udp.connect(server.local)
  await client.send('')
  await client.send('ab')
  await client.receive('abab')
  await client.quiet()
})

test.skipIf(process.platform !== 'linux')('reads how many the kernel has dropped', async () => {
  const kit = newKit()
  const full = createSocket({ type: 'udp4', recvBufferSize: 4096 })
  kit.onEnd(() => full.close())
  full.bind(0, '127.0.0.1')
  await once(full, 'listening')
  expect(kernelDrops(full.address().port)).toBe(0)
  expect(kernelDrops(1)).toBeUndefined()
})
