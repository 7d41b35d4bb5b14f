import { expect, test } from 'vitest'
import { firstDifference, quote, sideBySide } from './bytes.ts'
import { same } from './text.ts'

test.each([
  ['one', '"one"'],
  ['one\r\n\t', String.raw`"one\r\n\t"`],
  ['a "quoted" \\', String.raw`"a \"quoted\" \\"`],
  ['ソ', String.raw`"\xe3\x82\xbd"`],
  ['', '""'],
])('what cannot be seen is escaped: %j', (data, quotation) => {
  expect(quote(data)).toEqual(same(quotation))
})

test('what is long is cut, and its length told', () => {
  const beginning = `"${'xy'.repeat(16)}…"`
  expect(quote('xy'.repeat(17))).toEqual({
    en: `${beginning} (34 bytes)`,
    ja: `${beginning}（34 バイト）`,
  })
  expect(quote(Buffer.alloc(8_388_608)).en).toBe(
    String.raw`"\x00…" (8,388,608 bytes, all the same)`,
  )
})

test('the first byte that differs', () => {
  expect(firstDifference(Buffer.from('abc'), Buffer.from('abd'))).toBe(2)
  expect(firstDifference(Buffer.from('abc'), Buffer.from('ab'))).toBe(-1)
})

test('two strings never look alike: the mark stands under the byte that differs', () => {
  const expected = Buffer.from('0123456789abcdef\n')
  const lines = sideBySide(expected, 16, 0x0d).en.split('\n')
  expect(lines).toEqual([
    String.raw`expected  "…89abcdef\n"`,
    String.raw`received  "…89abcdef\r…"`,
    '                    ^',
  ])
  expect(lines[0]!.indexOf('\\n')).toBe(lines[2]!.indexOf('^'))
})
