import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'

const changed = (source: string, given?: string) => mutants(source, given).map(({ now }) => now)

test.each([
  ['socket.end()', [';']],
  [
    'if (last) server.close()',
    ['if (true) server.close()', 'if (false) server.close()', 'if (last) ;'],
  ],
  ['const all = count >= 5', ['const all = count > 5', 'const all = count >= 6']],
  ['const options = { allowHalfOpen: true }', ['const options = { allowHalfOpen: false }']],
  ['const [data] = await once(socket, name)', ['const [data] = once(socket, name)']],
  ["const end = once(socket, 'end')", ["const end = once(socket, 'never')"]],
  ['type Port = 0 | 80', []],
])('%s', (source, expected) => {
  expect(changed(source)).toEqual(expected)
})

test('what was given is no part of the answer', () => {
  expect(changed('listen(1)\nlisten(2)', '  listen(1)')).toEqual([';', 'listen(3)'])
})
