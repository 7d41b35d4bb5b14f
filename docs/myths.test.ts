import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const languages = ['en', 'ja'] as const

test.each(languages)('each of the 46 statements is answered, with evidence (%s)', (language) => {
  const answers = statements(language)
  expect(answers.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 46 }, (_, index) => index + 1),
  )
  for (const { number, evidence } of answers)
    expect(evidence, `statement ${number}`).not.toEqual([])
})

test('both languages show the same evidence for the same statements', () => {
  expect(statements('ja')).toEqual(statements('en'))
})

/** The statements of a page in its order, and which lines of which experiments it shows for each. */
function statements(language: (typeof languages)[number]) {
  const path = join(import.meta.dirname, 'src/content/docs', language, 'myths/index.mdx')
  const [, ...parts] = readFileSync(path, 'utf8').split(/^### /m)
  return parts.map((part) => ({
    number: Number.parseInt(part, 10),
    evidence: part.match(/<Recorded .*\/>/g) ?? [],
  }))
}
