import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '@socket-dojo/testkit/text'
import { expect, test } from 'vitest'
import { hints } from './hints.ts'
import { startJudge } from './judge/judge.ts'
import { type LessonPlace, lessons, root } from './lessons.ts'
import { progressFile } from './progress.ts'
import { samples } from './samples.ts'
import { starterFolder } from './starter.ts'

/** What each lesson has to have for the learner's loop. */
for (const lesson of lessons()) {
  test(`${lesson.name}: each check has hints in three levels, in both languages`, async () => {
    const ids = await checkIds(lesson)
    const known = await hints(lesson)
    expect(Object.keys(known).toSorted()).toEqual(ids.toSorted())
    for (const [id, levels] of Object.entries(known)) {
      expect(levels, id).toHaveLength(3)
      for (const level of levels!) expectBoth(level, id)
    }
  })

  test(`${lesson.name}: each right variant says what it does differently, in both languages`, async () => {
    const right = samples(lesson).filter(({ kind }) => kind === 'right')
    for (const { name, folder } of right) {
      const path = join(folder, 'about.ts')
      expect(existsSync(path), `${name}/about.ts, its sentence for \`solution\``).toBe(true)
      expectBoth(((await import(path)) as { default: Text }).default, name)
    }
  })

  // A learner has changed them: that is what they are for.
  test.skipIf(existsSync(progressFile))(
    `${lesson.name}: exercises/ begins as its starter (edit starter/, then: pnpm dojo reset ${lesson.name})`,
    () => {
      const exercise = join(root, 'exercises', lesson.name)
      expect(contents(exercise)).toEqual(contents(starterFolder(lesson)))
    },
  )
}

/** The checks that the suite declares; none is run. */
async function checkIds(lesson: LessonPlace): Promise<string[]> {
  const judge = await startJudge()
  const { profile } = judge.choice
  const job = { directory: '/', problems: {}, profile, commands: false, seed: '1', only: 'none' }
  try {
    for await (const event of judge.judge({ lesson: lesson.name, job }))
      if ('checks' in event) return event.checks.map(({ id }) => id)
    throw new Error(`Expected ${lesson.name} to declare checks, found none`)
  } finally {
    await judge.close()
  }
}

function expectBoth({ en, ja }: Text, of: string): void {
  expect(en, of).toMatch(/\w/)
  expect(ja, of).toMatch(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u)
}

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
