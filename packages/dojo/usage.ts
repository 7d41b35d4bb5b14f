import type { Text } from '@socket-dojo/testkit/text'

/** The command was used wrongly. It says how, and ends with exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError'
  readonly text: Text

  constructor(text: Text) {
    super(text.en)
    this.text = text
  }

  /** Something was named that there is not: says what was probably meant. */
  static unknown(kind: keyof typeof kinds, wanted: string, known: string[]): UsageError {
    const near = nearest(wanted, known)
    return new UsageError({
      en: `There is no ${kind} "${wanted}". ${near.length ? `Did you mean ${near.join(' or ')}?` : `There are: ${known.join(', ')}`}`,
      ja: `「${wanted}」という${kinds[kind]}はありません。${near.length ? `${near.join(' か ')} ですか？` : `あるのは ${known.join('、')} です`}`,
    })
  }
}

const kinds = {
  lesson: '課',
  check: 'チェック',
  command: 'コマンド',
  program: 'プログラム',
  grading: '採点',
  format: '形式',
}

/** The names that take the fewest changes of a letter, at most three of them and at most half of the letters. */
export function nearest(wanted: string, known: string[]): string[] {
  const ranked = known
    .map((name) => ({ name, changes: name.includes(wanted) ? 0 : distance(wanted, name) }))
    .filter(({ name, changes }) => changes <= Math.max(wanted.length, name.length) / 2)
    .toSorted((a, b) => a.changes - b.changes)
  return ranked.slice(0, 3).map(({ name }) => name)
}

/** Changes of a letter between two words: put in, left out, another one, or two that changed places (Damerau, 1964). */
function distance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)]
  for (const [i, letter] of from.split('').entries()) {
    const [row, before] = [rows[i]!, rows[i - 1]]
    const next = [i + 1]
    for (const [j, other] of to.split('').entries()) {
      const swapped = before && j > 0 && letter === to[j - 1] && from[i - 1] === other
      next.push(
        Math.min(
          row[j + 1]! + 1,
          next[j]! + 1,
          row[j]! + (letter === other ? 0 : 1),
          swapped ? before[j - 1]! + 1 : Infinity,
        ),
      )
    }
    rows.push(next)
  }
  return rows.at(-1)!.at(-1)!
}
