import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lessons } from '@socket-dojo/dojo/lessons'
import { describe, expect, test } from 'vitest'
import { withoutTwin } from './course/loader.ts'
import { transcripts } from './course/transcripts.ts'

const content = join(import.meta.dirname, 'src/content/docs')
const pages = (language: string) =>
  globSync('**/*.{md,mdx}', { cwd: join(content, language) }).toSorted()
const read = (language: string, page: string) => readFileSync(join(content, language, page), 'utf8')

test('a page that has no twin in the other language fails the build', () => {
  expect(pages('ja')).toEqual(pages('en'))
  expect(withoutTwin(['en', 'ja', 'en/a', 'ja/b', 'ja/a'])).toEqual(['ja/b'])
})

test('each lesson has its page', () => {
  expect(pages('en').filter((page) => page.startsWith('lessons/lesson-'))).toEqual(
    lessons().map(({ name }) => join('lessons', `${name}.mdx`)),
  )
})

describe.each(pages('en').filter((page) => pages('ja').includes(page)))('%s', (page) => {
  const [en, ja] = [read('en', page), read('ja', page)]

  test('has the same parts in both languages', () => {
    expect(levels(ja)).toEqual(levels(en))
    expect(components(ja)).toEqual(components(en))
    expect(played('ja', page)).toEqual(played('en', page))
  })

  test('holds no program that is not compiled', () => {
    expect(`${en}${ja}`).not.toMatch(/^```(ts|js|typescript|javascript)\b/m)
  })

  test('has a description in both languages', () => {
    for (const text of [en, ja]) expect(text).toMatch(/^---\n(.+\n)*description: .+\n/)
  })
})

test('the pages of lessons have the same parts, in the same order', () => {
  for (const language of ['en', 'ja']) {
    const [first, ...others] = pages(language)
      .filter((page) => page.startsWith('lessons/lesson-'))
      .map((page) => read(language, page).match(/^## .*/gm))
    for (const other of others) expect(other).toEqual(first)
  }
})

/** The levels of the headings, outside of fenced blocks. */
function levels(text: string): string[] {
  return text.replaceAll(/^(```+)[\s\S]*?^\1/gm, '').match(/^#+(?= )/gm) ?? []
}

/** The components that are shown, with what names them. */
function components(text: string): string[] {
  return text.match(/^<[A-Z]\w*( (name|lesson|file|when)="[^"]*")*/gm) ?? []
}

function played(language: string, page: string): unknown[] {
  const path = `docs/src/content/docs/${language}/${page}`
  return transcripts()
    .filter((transcript) => transcript.page === path)
    .map(({ turns }) => turns)
}
