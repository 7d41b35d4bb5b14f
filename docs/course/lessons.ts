import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type LessonPlace, lessons as places, manifest } from '@socket-dojo/dojo/lessons'
import type { Check } from '@socket-dojo/testkit/check'
import type { Hints } from '@socket-dojo/testkit/lesson'
import type { Text } from '@socket-dojo/testkit/text'
import { declaredChecks } from './checks.ts'
import { mistakes, type Mistake } from './mistakes.ts'

/** A lesson, as its pages tell of it. */
export interface LessonFacts {
  /** Its folder: `lesson-2-tcp-server`. */
  id: string
  number: number
  title: Text
  /** What a submission consists of. */
  files: string[]
  /** In the order of the suite. */
  checks: (Check & { hints?: Text[] })[]
  mistakes: Mistake[]
}

/** All lessons: the folders are the list. */
export async function lessons(): Promise<LessonFacts[]> {
  const declared = await declaredChecks()
  return Promise.all(places().map((place) => facts(place, declared.get(place.name) ?? [])))
}

async function facts(place: LessonPlace, checks: Check[]): Promise<LessonFacts> {
  const { title, files } = await manifest(place)
  const hints = await hintsOf(place)
  return {
    id: place.name,
    number: place.number,
    title,
    files,
    checks: checks.map((check) => ({
      ...check,
      ...(hints[check.id] && { hints: hints[check.id] }),
    })),
    mistakes: mistakes(place),
  }
}

async function hintsOf({ folder }: LessonPlace): Promise<Hints> {
  const file = join(folder, 'hints.ts')
  return existsSync(file)
    ? ((await import(/* @vite-ignore */ file)) as { default: Hints }).default
    : {}
}
