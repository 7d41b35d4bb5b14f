/** Values of options, as commander wants them: read, or refused with a sentence. */
import { InvalidArgumentError } from 'commander'
import { parseDiscount } from '../batch/late.ts'
import { say } from './language.ts'

/** An option that may be given several times. */
export const several = (word: string, before: string[]): string[] => [...before, word]

/** A whole number above 0. */
export function positive(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new InvalidArgumentError(
    say({ en: 'Expected a whole number above 0.', ja: '1 以上の整数を指定してください。' }),
  )
}

/** A moment, as ISO 8601. */
export function time(text: string): Date {
  const moment = new Date(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(moment.getTime())) return moment
  throw new InvalidArgumentError(
    say({
      en: 'Expected a time such as 2027-01-31T18:00:00+09:00.',
      ja: '2027-01-31T18:00:00+09:00 のような日時を指定してください。',
    }),
  )
}

/** `10%` or `10%/day`. */
export function discount(text: string) {
  const parsed = parseDiscount(text)
  if (parsed) return parsed
  throw new InvalidArgumentError(
    say({ en: 'Expected 10% or 10%/day.', ja: '10% か 10%/day を指定してください。' }),
  )
}

/** `2/5` is the second of five parts: index 1. */
export function shard(text: string): { index: number; of: number } {
  const [, part, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (part !== undefined && of !== undefined && part >= 1 && part <= of)
    return { index: part - 1, of }
  throw new InvalidArgumentError(
    say({
      en: 'Expected i/n, from 1/n to n/n.',
      ja: '1/n から n/n までの i/n を指定してください。',
    }),
  )
}
