import { count, join, same, type Text } from './text.ts'

/** The most bytes that a quotation shows. */
const shown = 32

/** A text as UTF-8, bytes as they are: what may be megabytes is not copied. */
export const toBytes = (data: Buffer | string): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : data

/**
 * Bytes as one can see them: printable ASCII as it is, everything else escaped, cut to a length. `"one\n"`
 * Of many that are all the same, one is shown.
 */
export function quote(data: Buffer | string): Text {
  const bytes = toBytes(data)
  if (bytes.length <= shown) return same(`"${escape(bytes)}"`)
  const { en, ja } = bytesText(bytes.length)
  if (bytes.subarray(1).equals(bytes.subarray(0, -1))) {
    const one = `"${escape(bytes.subarray(0, 1))}…"`
    return { en: `${one} (${en}, all the same)`, ja: `${one}（すべて同じ ${ja}）` }
  }
  const beginning = `"${escape(bytes.subarray(0, shown))}…"`
  return { en: `${beginning} (${en})`, ja: `${beginning}（${ja}）` }
}

/** Index of the first byte that differs; -1 where one is the beginning of the other. */
export function firstDifference(expected: Buffer, actual: Buffer): number {
  const common = Math.min(expected.length, actual.length)
  if (expected.subarray(0, common).equals(actual.subarray(0, common))) return -1
  let index = 0
  while (expected[index] === actual[index]) index++
  return index
}

/**
 * What was expected, and below it the same with the byte that came instead, with a mark under that. What came after
 * it is left out: how much of that has arrived yet differs from run to run.
 */
export function sideBySide(expected: Buffer, index: number, found: number): Text {
  const from = Math.max(0, index - 8)
  const before = (from > 0 ? '…' : '') + escape(expected.subarray(from, index))
  const rest = escape(expected.subarray(index, index + 12))
  const more = expected.length > index + 12 ? '…' : ''
  const [left, right] = [`"${before}${rest}${more}"`, `"${before}${escape(Buffer.of(found))}…"`]
  const mark = ' '.repeat(before.length + 1)
  return join(
    [
      { en: `expected  ${left}`, ja: `期待  ${left}` },
      { en: `received  ${right}`, ja: `受信  ${right}` },
      { en: `${' '.repeat(10)}${mark}^`, ja: `${' '.repeat(6)}${mark}^` },
    ],
    '\n',
  )
}

/** How many bytes, in words. */
export const bytesText = (number: number): Text =>
  number === 1
    ? { en: '1 byte', ja: '1 バイト' }
    : { en: `${count(number)} bytes`, ja: `${count(number)} バイト` }

function escape(bytes: Buffer): string {
  return Array.from(bytes, (byte) => escapes[byte] ?? hexadecimal(byte)).join('')
}

const escapes: Record<number, string> = {
  0x0a: '\\n',
  0x0d: '\\r',
  0x09: '\\t',
  0x22: '\\"',
  0x5c: '\\\\',
}

const hexadecimal = (byte: number) =>
  byte >= 0x20 && byte < 0x7f
    ? String.fromCharCode(byte)
    : `\\x${byte.toString(16).padStart(2, '0')}`
