import { readdirSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import type { Lesson } from '@socket-dojo/testkit/lesson'
import type { Text } from '@socket-dojo/testkit/text'
import { UsageError } from './usage.ts'

/** The root of the course. */
export const root = resolve(import.meta.dirname, '../..')

/** A lesson with the places that belong to it. */
export interface LessonPlace {
  /** `lesson-2-tcp-server` */
  name: string
  number: number
  /** `tcp-server` */
  slug: string
  /** Its package: manifest, suite, right and wrong programs. */
  folder: string
}

/** All lessons in their order: the folders are the list. */
export function lessons(): LessonPlace[] {
  return readdirSync(join(root, 'packages'))
    .flatMap((name) => place(name) ?? [])
    .toSorted((a, b) => a.number - b.number)
}

/**
 * Finds a lesson by what a person types: `lesson-2`, `2`, `tcp-server`, `lesson-2-tcp-server`, or a path that ends so.
 * @throws {UsageError} naming the nearest lessons when there is none.
 */
export function findLesson(wanted: string): LessonPlace {
  const name = basename(resolve(wanted))
  const all = lessons()
  const found = all.find((lesson) =>
    [lesson.name, lesson.slug, `lesson-${lesson.number}`, String(lesson.number)].includes(name),
  )
  if (found) return found
  throw UsageError.unknown(
    'lesson',
    wanted,
    all.flatMap((lesson) => [`lesson-${lesson.number}`, lesson.slug]),
  )
}

/** What `findLesson` takes, for the help of commands. */
export const whichLesson: Text = {
  en: 'lesson-2, 2 or tcp-server',
  ja: 'lesson-2、2、tcp-server など',
}

/** What the lesson says of itself. */
export async function manifest(lesson: LessonPlace): Promise<Lesson> {
  const module = (await import(join(lesson.folder, 'lesson.ts'))) as { default: Lesson }
  return module.default
}

/** The folder of a lesson's submission: `exercises`, `solutions`, a folder of lessons, or the submission's own folder. */
export function submissionFolder(lesson: LessonPlace, within = 'exercises'): string {
  return basename(within) === lesson.name ? resolve(within) : resolve(root, within, lesson.name)
}

/** A path as a person would write it at the root of the course: what lies elsewhere keeps its whole path. */
export function shortPath(path: string): string {
  const within = relative(root, path)
  return within.startsWith('..') ? path : within
}

function place(name: string): LessonPlace | undefined {
  const [, number, slug] = /^lesson-(\d+)-(.+)$/.exec(name) ?? []
  if (!number || !slug) return undefined
  return { name, number: Number(number), slug, folder: join(root, 'packages', name) }
}
