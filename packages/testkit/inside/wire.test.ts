import { expect, test } from 'vitest'
import { decode, encode, encodeError } from './wire.ts'

const noHandles = () => -1
const across = (value: unknown) => {
  const line = JSON.stringify(encode(value, noHandles))
  return decode(JSON.parse(line) as ReturnType<typeof encode>, (handle) => handle)
}

test.each([
  [undefined],
  [null],
  [true],
  ['text'],
  [1.5],
  [Infinity],
  [12n],
  [[1, [2]]],
  [{ address: '::1', port: 1 }],
])('%o comes across as it is', (value) => {
  expect(across(value)).toEqual(value)
})

test('bytes come across as what they were: a Buffer, or another view of bytes', () => {
  const bytes = [0, 255, 128]
  expect(across(Buffer.from(bytes))).toEqual(Buffer.from(bytes))
  expect(across(new Uint8Array(bytes))).toEqual(new Uint8Array(bytes))
})

test('what only a getter gives is there, and what throws is not', () => {
  class Failure extends Error {
    get attempts() {
      return 3
    }
    get broken(): number {
      throw new Error('no')
    }
  }
  expect(encodeError(new Failure('x')).numbers).toEqual({ attempts: 3 })
  expect(across(new Failure('x'))).toMatchObject({ numbers: { attempts: 3 } })
})

test('many bytes come across deflated, and no more than 16 MiB of them', () => {
  const mebibytes = (count: number) => Buffer.alloc(count * 1024 * 1024 + 1, 'again ')
  expect(JSON.stringify(encode(mebibytes(5), noHandles)).length).toBeLessThan(100_000)
  expect(mebibytes(5).equals(across(mebibytes(5)) as Buffer)).toBe(true)
  expect(() => across(mebibytes(16))).toThrow(RangeError)
})

test('no object keeps a prototype, nor gives one', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"polluted":true}}')
  expect(across(hostile)).not.toHaveProperty('polluted')
  expect({}).not.toHaveProperty('polluted')
})

test('an object with methods stays where it is, those of its class and of its parents included', () => {
  class Base {
    close() {}
  }
  class Server extends Base {
    address = 1
    connections() {}
  }
  expect(across(new Server())).toMatchObject({ methods: ['connections', 'close'] })
})

test('a list of objects with methods comes as what they hold', () => {
  class Session {
    readonly local = '127.0.0.1:1'
    readonly socket = { port: 1, end() {} }
    get remote() {
      return '127.0.0.1:2'
    }
    toString() {
      return this.local
    }
  }
  const [session] = across([new Session()]) as object[]
  expect(session).toMatchObject({ local: '127.0.0.1:1', remote: '127.0.0.1:2' })
  expect(session).toMatchObject({ socket: { methods: ['end'] } })
})

test('what refers to itself ends somewhere', () => {
  const loop: { self?: unknown } = {}
  loop.self = loop
  expect(() => across(loop)).not.toThrow()
})

test('an error comes with its name, message and code', () => {
  const error = Object.assign(new TypeError('no'), { code: 'ECONNREFUSED' })
  expect(encodeError(error)).toMatchObject({
    name: 'TypeError',
    message: 'no',
    code: 'ECONNREFUSED',
  })
  expect(encodeError('only a string')).toMatchObject({ message: 'only a string' })
})
