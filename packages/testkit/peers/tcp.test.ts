import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { LearnerFault } from '../fault.ts'
import { Kit } from '../kit.ts'
import { Random } from '../random.ts'
import { cut } from './tcp.ts'

test('pieces of given lengths, the last one repeated', () => {
  expect(cut(Buffer.from('abcdefgh'), [1, 3]).map(String)).toEqual(['a', 'bcd', 'efg', 'h'])
  expect(cut(Buffer.from('abc')).map(String)).toEqual(['abc'])
  expect(cut(Buffer.alloc(0), [1])).toEqual([])
})

test('receives exactly what is expected, however it is cut, and then the end', async () => {
  const { client, kit } = await connected((socket) => {
    socket.write('o')
    setImmediate(() => socket.end('ne two'))
  })
  await client.receive('one')
  await client.receive(' two')
  await client.receiveEnd()
  expect(kit.transcript.steps.map(({ action }) => action)).toEqual([
    'connect',
    'receive',
    'receive',
    'end',
  ])
})

test.each<[string, (socket: Socket) => unknown, string, RegExp]>([
  ['an early end', (socket) => socket.end('tw'), 'ended', /closed when only a part of 3 bytes/],
  ['an end without a byte', (socket) => socket.end(), 'ended', /closed, and "two" had not come/],
  ['a reset', (socket) => setTimeout(() => socket.resetAndDestroy(), 10), 'reset', /reset/],
  ['silence', () => {}, 'silent', /"two" was awaited, and nothing came/],
  ['other bytes', (socket) => socket.write('toe'), 'different', /byte 2 is not the one/],
])('tells %s from what was expected', async (_, serve, outcome, what) => {
  const { client } = await connected(serve)
  const fault = await failure(client.receive('two'))
  expect(fault.outcome).toBe(outcome)
  expect(fault.what.en).toMatch(what)
})

test('what a call says of an outcome goes before anything else', async () => {
  const { client } = await connected((socket) => socket.end())
  const why = { en: 'the usual mistake', ja: 'よくある誤り' }
  const fault = await failure(client.receive('two', { ended: { why }, silent: {} }))
  expect(fault.advice.why).toEqual(why)
})

test('half-closes, and still hears the rest', async () => {
  const { client } = await connected((socket) =>
    socket.on('end', () => socket.end('heard')).resume(),
  )
  await client.send('one')
  client.finish()
  await client.receive('heard')
  await client.receiveEnd()
})

test('more than was expected is no end', async () => {
  const { client } = await connected((socket) => socket.end('one\n'))
  await client.receive('one')
  expect((await failure(client.receiveEnd())).outcome).toBe('extra')
})

test('a refused connection is the fault of who should listen', async () => {
  const { server, kit } = await connected(() => {})
  const { port } = server.address() as AddressInfo
  server.close()
  expect((await failure(kit.tcp.connect({ host: '127.0.0.1', port }))).outcome).toBe('refused')
  await kit.tcp.refused({ host: '127.0.0.1', port })
})

/** A server that does one thing with each connection, and the grader's end of one. */
async function connected(serve: (socket: Socket) => unknown) {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const kit = new Kit(
    { directory: '', problems: {}, profile: 'plain', commands: false, seed: '' },
    new Random(''),
    true,
  )
  onTestFinished(async () => {
    await kit.end()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { server, kit, client: await kit.tcp.connect({ host: '127.0.0.1', port }) }
}

async function failure(promise: Promise<unknown>): Promise<LearnerFault> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown)
  if (error instanceof LearnerFault) return error
  throw new Error(`Expected a LearnerFault, found ${String(error)}`)
}
