import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type LessonPlace, submissionFolder } from '@socket-dojo/dojo/lessons'
import { takeIn } from '../intake.ts'
import type { Class } from '../result.ts'
import { suiteOf } from '../suite.ts'
import { dolosPairs } from './dolos.ts'
import { type Compared, type Pair, similarPairs } from './pairs.ts'

/** What finds the pairs: our own winnowing of tokens, or Dolos, which is not installed with the course. */
export type Engine = 'tokens' | 'dolos'

/** The pairs of one lesson that are alike. */
export interface Similar {
  lesson: string
  /** How many submissions were compared. */
  compared: number
  pairs: Pair[]
}

/**
 * Compares what a class handed in for each lesson, each with each, less what the starter gave everybody.
 * @param threshold from 0 to 1.
 * @throws {UsageError} when there is no such folder, or nothing in it; when Dolos is asked for and is not there.
 */
export async function similar(
  submissions: string,
  lessons: LessonPlace[],
  threshold: number,
  engine: Engine = 'tokens',
): Promise<{ lessons: Similar[]; refused: Class['refused'] }> {
  const suites = await Promise.all(lessons.map(suiteOf))
  const contents = new Map<string, Compared['files']>()
  const everybody = () => true
  const intake = await takeIn(submissions, suites, undefined, everybody, ({ hash, files }) => {
    contents.set(
      hash,
      Object.fromEntries(Object.entries(files).map(([name, data]) => [name, String(data)])),
    )
  })
  const pairsOf = engine === 'dolos' ? dolosPairs : similarPairs
  const found: Similar[] = []
  for (const { place, lesson } of suites) {
    const all = intake.submitted
      .filter(({ suite }) => suite.place.name === place.name)
      .map(({ learner, submission }) => ({
        name: learner.id,
        files: contents.get(submission.hash)!,
      }))
    const pairs = await pairsOf(all, starterOf(place, lesson.files), threshold)
    found.push({ lesson: place.name, compared: all.length, pairs })
  }
  return { lessons: found, refused: intake.refused }
}

function starterOf(place: LessonPlace, files: string[]): Compared['files'] {
  const folder = submissionFolder(place)
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}
