/**
 * Makes text of strangers harmless to look at: what would steer a terminal, break a document or turn the direction of
 * writing is shown as what it is (`␛[31m`, `<U+202E>`). Tabs and newlines stay; every other line break becomes one.
 */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replaceAll(unseen, (letter) => {
      const code = letter.codePointAt(0)!
      if (code < 0x20) return String.fromCodePoint(0x2400 + code) // Control Pictures
      return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
    })
}

/** The same for a text that stands on one line, such as a name: at most `length` code points of it. */
export function visibleLine(text: string, length = 120): string {
  const points = Array.from(visible(text).replaceAll(/[\n\t]+/g, ' '))
  return points.length <= length ? points.join('') : `${points.slice(0, length - 1).join('')}…`
}

/**
 * Controls, formats (marks and overrides of direction are some), and noncharacters that XML forbids. The two joiners
 * stay: emoji, Persian and Indic scripts are written with them.
 */
const unseen = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\ufffe\uffff]/gu
