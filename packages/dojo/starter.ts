import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Text } from '@socket-dojo/testkit/text'
import { type LessonPlace, root, shortPath, submissionFolder } from './lessons.ts'
import { forgetProgress } from './progress.ts'

/**
 * Where the starter of a lesson is for good. `exercises/` begins as a copy of it, and is the learner's from then on:
 * no history has to be there to find it in, and a learner's own commits cannot hide it.
 */
export const starterFolder = ({ folder }: LessonPlace) => join(folder, 'starter')

/**
 * Puts the starter of a lesson back. The folder itself stays, for editors and shells that are in it. What was in it is
 * kept, first of all: returns where; undefined where it was the starter already.
 */
export function resetLesson(
  lesson: LessonPlace,
  exercise = submissionFolder(lesson),
  kept = join(root, 'exercises/kept'),
): string | undefined {
  const starter = starterFolder(lesson)
  if (isSame(starter, exercise)) return undefined
  const place = join(kept, `${lesson.name}-${now()}`)
  mkdirSync(exercise, { recursive: true })
  keep(exercise, place)
  for (const name of readdirSync(exercise)) rmSync(join(exercise, name), { recursive: true })
  cpSync(starter, exercise, { recursive: true })
  forgetProgress(lesson)
  return place
}

/** What to tell the learner of a reset. */
export function said(kept: string | undefined): Text {
  if (kept === undefined)
    return {
      en: 'This is the starter already: nothing was changed.',
      ja: 'すでにスターターのままです。何も変更していません。',
    }
  const place = shortPath(kept)
  return {
    en: `The starter is back. Your files are in ${place}: copy them back from there if you want them again.`,
    ja: `スターターに戻しました。それまでのファイルは ${place} にあります。必要なら、そこからコピーして戻してください。`,
  }
}

/** Copies a folder; it has its name only when it is whole. */
function keep(folder: string, place: string): void {
  const unfinished = `${place}.unfinished`
  cpSync(folder, unfinished, { recursive: true })
  renameSync(unfinished, place)
}

function isSame(starter: string, exercise: string): boolean {
  const names = (folder: string) => (existsSync(folder) ? readdirSync(folder).toSorted() : [])
  return (
    names(starter).join() === names(exercise).join() &&
    names(starter).every((name) =>
      readFileSync(join(starter, name)).equals(readFileSync(join(exercise, name))),
    )
  )
}

/** `2026-11-28-011233`, in local time: for people. */
function now(): string {
  const date = new Date()
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')
}
