/** The language of the page that is being written. */
export type Language = 'en' | 'ja'

export function languageOf(astro: { currentLocale?: string | undefined }): Language {
  return astro.currentLocale === 'ja' ? 'ja' : 'en'
}
