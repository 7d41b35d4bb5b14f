import { expect, test } from 'vitest'
import { encode, encodeError } from './inside/wire.ts'
import { parseReply } from './reply.ts'

const replies: [string, object][] = [
  ['what was loaded', { loaded: ['startEcho'] }],
  ['why it was not', { failed: encodeError(new TypeError('no')) }],
  [
    'an error with a code',
    {
      id: 1,
      milliseconds: 1,
      error: encodeError(Object.assign(new Error('x'), { code: 'E', errno: 1 })),
    },
  ],
  [
    'what no number is',
    { id: 2, milliseconds: 0, error: encodeError(Object.assign(new Error('x'), { errno: NaN })) },
  ],
  ...[
    undefined,
    null,
    1,
    NaN,
    2n,
    'x',
    Buffer.from('x'),
    Buffer.alloc(2 ** 21),
    [1, { a: [] }],
    { close() {} },
    Symbol('x'),
  ].map(
    (value, id) =>
      [`a value, ${typeof value}`, { id, milliseconds: 1.5, value: encode(value, () => 1) }] as [
        string,
        object,
      ],
  ),
]

test.each(replies)('takes %s', (_, reply) => {
  expect(parseReply(JSON.stringify(reply))).toEqual(JSON.parse(JSON.stringify(reply)))
})

test.each([
  ...[
    '',
    'x',
    'null',
    '5',
    '[]',
    '{}',
    '{"loaded":7}',
    '{"loaded":[{}]}',
    '{"failed":null}',
    '{"failed":{"name":1}}',
  ],
  ...[
    '{"id":1,"milliseconds":1}',
    '{"id":1,"value":1}',
    '{"id":1,"milliseconds":"1","value":1}',
    '{"id":"1","milliseconds":1,"value":1}',
    '{"id":1,"milliseconds":1,"value":{}}',
    '{"id":1,"milliseconds":1,"value":{"tag":"bigint","text":"x"}}',
  ],
  ...[
    '{"id":1,"milliseconds":1,"value":{"tag":"handle","handle":1e999,"methods":[]}}',
    '{"id":1,"milliseconds":1,"value":{"tag":"array","items":7}}',
    '{"id":1,"milliseconds":1,"value":{"tag":"array","items":[{"tag":"deflated","base64":""}]}}',
  ],
  ...[
    '{"id":1,"milliseconds":1,"value":{"tag":"object","entries":[["a"]]}}',
    '{"id":1,"milliseconds":1,"error":"x"}',
    '['.repeat(100_000),
  ],
  `{"id":1,"milliseconds":1,"value":${'{"tag":"array","items":['.repeat(20_000)}${']}'.repeat(20_000)}}`,
])('takes nothing else: %.60s', (line) => {
  expect(parseReply(line)).toBeUndefined()
})
