import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import { wrap } from './wrap.ts'

test('English breaks at blanks', () => {
  expect(wrap('the server ended a conversation', 14)).toBe('the server\nended a\nconversation')
})

test('Japanese fills its lines', () => {
  expect(wrap('接続が終わるまで待ちます', 10)).toBe('接続が終わ\nるまで待ち\nます')
})

test('no line begins with a closing mark or ends with an opening one', () => {
  expect(wrap('接続が終わる。次へ', 12)).toBe('接続が終わ\nる。次へ')
  expect(wrap('それは「もう送らない」です', 8)).toBe('それは\n「もう送\nらない」\nです')
})

test('a number stays with what it counts, a word whole', () => {
  expect(wrap('接続は 1 回終わります', 9)).toBe('接続は\n1 回終わ\nります')
  expect(wrap('いま close() を呼ぶ', 8)).toBe('いま\nclose()\nを呼ぶ')
})

test('no line is wider than asked for, whatever comes', () => {
  const line = `期待と違う ${'x'.repeat(50)} が届き、「${'あ'.repeat(40)}」でした。`
  for (const columns of [10, 20, 33]) {
    for (const part of wrap(line, columns).split('\n'))
      expect(stringWidth(part)).toBeLessThanOrEqual(columns)
  }
})
