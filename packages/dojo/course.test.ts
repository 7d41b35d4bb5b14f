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
    const lacking = Object.entries(known).filter(
      ([, levels = []]) => levels.length !== 3 || !levels.every(isInBoth),
    )
    expect(lacking.map(([id]) => id)).toEqual([])
  })

  test(`${lesson.name}: each right variant says what it does differently, in both languages`, async () => {
    const right = samples(lesson).filter(({ kind }) => kind === 'right')
    const lacking = right.filter(({ folder }) => !existsSync(join(folder, 'about.ts')))
    expect(lacking.map(({ name }) => `${name}/about.ts`)).toEqual([])
    for (const { folder } of right) {
      const { default: about } = (await import(join(folder, 'about.ts'))) as { default: Text }
      expect(about).toSatisfy(isInBoth)
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
      if ('checks' in event)
        return event.checks.filter(({ stretch }) => !stretch).map(({ id }) => id)
    throw new Error(`Expected ${lesson.name} to declare checks, found none`)
  } finally {
    await judge.close()
  }
}

const isInBoth = ({ en, ja }: Text) =>
  /\w/.test(en) && /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(ja)

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )
