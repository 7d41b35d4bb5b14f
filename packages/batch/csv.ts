import { visibleLine } from '@socket-dojo/dojo/report/visible'

/** Rows as RFC 4180 has them: CRLF, quotes where they are needed. Texts are on one line, and none is a formula. */
export function csv(rows: (string | number)[][]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : inert(visibleLine(value, 1000))
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet runs what begins like a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const inert = (text: string) => (/^\s*[=+\-@|%＝＋－＠]/u.test(text) ? `'${text}` : text)
