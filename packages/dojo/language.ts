import type { Language, Text } from '@socket-dojo/testkit/text'
import { UsageError } from './usage.ts'

/** The language to speak: what `--lang` says, else what the environment says (locale(7)), else English. */
export function languageFrom(argv: string[], environment: NodeJS.ProcessEnv): Language {
  const at = argv.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const asked = at < 0 ? undefined : (argv[at]!.split('=')[1] ?? argv[at + 1])
  if (asked === 'en' || asked === 'ja') return asked
  if (at >= 0) {
    throw new UsageError({
      en: `Expected --lang en or --lang ja, got "${asked ?? ''}"`,
      ja: `--lang には en か ja を指定してください（指定された値: "${asked ?? ''}"）`,
    })
  }
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  return (LC_ALL || LC_MESSAGES || LANG || '').startsWith('ja') ? 'ja' : 'en'
}

/** The language of this run. */
export let language: Language = 'en'

export function speak(chosen: Language): void {
  language = chosen
}

/** A text in the language of this run. */
export const say = (text: Text): string => text[language]
