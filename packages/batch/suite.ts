import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type LessonPlace, manifest, root } from '@socket-dojo/dojo/lessons'
import type { Lesson } from '@socket-dojo/testkit/lesson'

/** What a lesson's submissions are judged by. */
export interface Suite {
  place: LessonPlace
  lesson: Lesson
  /** SHA-256 of everything that has a say in a verdict, hexadecimal: another hash, another version of the suite. */
  hash: string
}

export async function suiteOf(place: LessonPlace): Promise<Suite> {
  return { place, lesson: await manifest(place), hash: hashOf(place) }
}

function hashOf({ folder }: LessonPlace): string {
  const hash = createHash('sha256')
  const judging = ['testkit/**', 'sandbox/**', 'dojo/grade.ts', 'dojo/judge/*'].map((pattern) =>
    join(root, 'packages', pattern),
  )
  const patterns = [join(folder, 'lesson.ts'), join(folder, 'suite/**'), ...judging]
  const exclude = ['**/node_modules/**', '**/*.test.ts', '**/fixtures/**', '**/.cache/**']
  const suite = globSync(join(folder, 'suite/**/*.ts'))
  const files = [...globSync(patterns, { exclude }), ...suite].filter((path) => /\.\w+$/.test(path))
  for (const path of [...new Set(files)].toSorted())
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path))
  return hash.digest('hex')
}
