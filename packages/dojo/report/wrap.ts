import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'

/**
 * Wraps a line to a width in columns. English breaks at blanks. Japanese, which has none, breaks between any two
 * characters, but no line begins with a closing mark or a small kana, and none ends with an opening mark
 * (JIS X 4051, kinsoku); a number stays with what it counts.
 */
export function wrap(line: string, columns: number): string {
  if (!japanese.test(line)) return wrapAnsi(line, columns, { hard: true })
  const lines: string[] = ['']
  for (const piece of pieces(line)) {
    const last = lines.at(-1)!
    if (last === '' || stringWidth(last + piece.trimEnd()) <= columns)
      lines[lines.length - 1] += piece
    else lines.push(piece.trimStart())
  }
  return lines.map((text) => wrapAnsi(text.trimEnd(), columns, { hard: true })).join('\n')
}

const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u

/** What is not torn apart: a word of Latin letters, a number with its counter, a character with the marks around it; with its colours. */
function pieces(line: string): string[] {
  return line.match(piece) ?? []
}

const opening = '「『（［【〈《'
const closing = '、。，．・：；？！ー々」』）］】〉》ぁぃぅぇぉっゃゅょァィゥェォッャュョ'
const colour = '(?:\\x1b\\[[0-9;]*m)*'
const unit =
  '[0-9][0-9,.]* (?=[^\\x00-\\x7f])[^\\x00-\\x7f]|[\\x21-\\x7e]+|[^\\x00-\\x7f]| +|[\\x00-\\x1f\\x7f]'
const piece = new RegExp(`${colour}[${opening}]*(?:${unit})[${closing}]*${colour}`, 'gu')
