/** The languages of the course. */
export type Language = 'en' | 'ja'

/** A sentence for a learner, in every language: both are originals, so neither can be missing. */
export type Text = Record<Language, string>

/** What reads the same in every language: bytes, commands, names. */
export const same = (text: string): Text => ({ en: text, ja: text })

/** Joins texts, language by language. */
export function join(texts: Text[], separator = ''): Text {
  return {
    en: texts.map((text) => text.en).join(separator),
    ja: texts.map((text) => text.ja).join(separator),
  }
}

/** A Japanese text with the blank that stands before what follows Latin letters, digits and signs. */
export const spaced = (ja: string) => ja.replace(/(?<=\p{ASCII})$/u, ' ')

/** 8388608 is "8,388,608". */
export const count = (number: number) => String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',')
