import type { Language } from '@socket-dojo/testkit/text'
import { page } from '../html/page.ts'
import type { Class } from '../result.ts'

/** The report for the instructor: one file, both languages, no network. `language` is the one that is shown first. */
export function* write(results: Class, language: Language): Generator<[string, string]> {
  yield ['report.html', page(results, language)]
}
