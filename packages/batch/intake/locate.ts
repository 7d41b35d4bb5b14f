import type { Lesson } from '@socket-dojo/testkit/lesson'
import type { LessonPlace } from '@socket-dojo/dojo/lessons'
import { type Entry, parts } from './archive.ts'

/** The entry for each file that a lesson asks for, by the file's name. Empty where nothing was handed in for it. */
export type Found = Map<string, Entry>

/**
 * Finds what was handed in for a lesson: in a folder named like the lesson, wherever it lies (`lesson-2-tcp-server`,
 * `exercises/lesson-2`), the one in `exercises` before others. `alone`: the lesson is the only one that is graded, so
 * its files may also lie anywhere else together.
 */
export function locate(
  entries: Entry[],
  lesson: LessonPlace,
  { files }: Pick<Lesson, 'files'>,
  alone: boolean,
): Found {
  const folders = new Map<string, Found>()
  for (const entry of entries) {
    const names = parts(entry.path)
    const file = names?.at(-1)
    if (!names || file === undefined || !files.includes(file)) continue
    const folder = names.slice(0, -1).join('/')
    if (!folders.has(folder)) folders.set(folder, new Map())
    // Of two entries of one name the later counts, as in tar(1).
    folders.get(folder)!.set(file, entry)
  }
  const named = [...folders.keys()].filter((folder) => isNamed(folder, lesson))
  const [best] = (named.length > 0 || !alone ? named : [...folders.keys()]).toSorted(
    (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1),
  )
  return best === undefined ? new Map() : folders.get(best)!
}

function isNamed(folder: string, { name, number }: LessonPlace): boolean {
  const names = folder.split('/')
  return (
    [name, `lesson-${number}`].includes(names.at(-1)!) &&
    // A clone of the whole course holds more than what the learner wrote.
    !names.some((one) => one === 'solutions' || one === 'packages' || one === 'docs')
  )
}

/** The smaller the better: what is in `exercises`, then what lies higher. */
const rank = (folder: string) =>
  folder.split('/').length - (folder.split('/').includes('exercises') ? 100 : 0)
