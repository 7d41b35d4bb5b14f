import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { LessonPlace } from '@socket-dojo/dojo/lessons'
import { layOut, type Sample, samples } from '@socket-dojo/dojo/samples'
import { pack } from 'tar-stream'
import { attacks, layOutAttack } from './attacks.ts'
import type { Class, Status } from './result.ts'

/** What has to be reported of one learner and lesson. */
export interface Expected {
  learner: string
  lesson: string
  /** The program's name among samples or attacks. */
  program: string
  /** As part of the maximum where it is a right one: that is known when the suite was asked. */
  points: number | 'all' | { loses: number }
  status?: Status
}

/**
 * Makes a class of programs whose points are known in advance: two of five are right ones, two wrong ones, and one
 * hostile; every third learner hands in a `.tar.gz`. The same size gives the same class.
 */
export async function makeClass(
  folder: string,
  size: number,
  places: LessonPlace[],
  { hostile = true, compressed = true } = {},
): Promise<Expected[]> {
  const expected: Expected[] = []
  for (let index = 0; index < size; index++) {
    const learner = `learner-${String(index + 1).padStart(3, '0')}`
    const own = join(folder, learner)
    mkdirSync(own, { recursive: true })
    for (const place of places) expected.push({ learner, ...submit(place, index, own, hostile) })
    if (compressed && index % 3 === 2) await compress(own)
  }
  return expected
}

/** What is not as it should be, each in a line. */
export function differences(expected: Expected[], { results }: Class): string[] {
  const found = new Map(
    results.map((result) => [`${result.learner.id} ${result.suite.lesson}`, result]),
  )
  return expected.flatMap(({ learner, lesson, program, points, status }) => {
    const result = found.get(`${learner} ${lesson}`)
    if (!result) return [`${learner} ${lesson} ${program}: expected a result, found none`]
    const { maximum } = result
    const due =
      points === 'all' ? maximum : typeof points === 'number' ? points : maximum - points.loses
    const right = result.points === due && (status === undefined || status === result.status)
    const wanted = [due, status].join(' ').trim()
    const lost = result.report.checks
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id }) => id)
    return right
      ? []
      : [
          `${learner} ${lesson} ${program}: expected ${wanted}, found ${result.points} ${result.status} (${lost.join(' ')}) ${result.report.fault ?? ''}`,
        ]
  })
}

/** Puts one program of a lesson into a learner's folder. */
function submit(
  place: LessonPlace,
  index: number,
  own: string,
  hostile: boolean,
): Omit<Expected, 'learner'> {
  const turn = (index + place.number) % 5
  const round = Math.floor(index / 5)
  if (hostile && turn === 4 && place.number === 2) {
    const attack = pick(attacks(), round)
    layOutAttack(attack, own)
    const { name, loses, status } = attack
    return { lesson: place.name, program: name, points: { loses }, status }
  }
  const all = samples(place)
  const wrong = turn % 2 === 1 || turn === 4
  const sample = wrong
    ? pick(
        all.filter(({ kind }) => kind === 'wrong' || kind === 'starter'),
        7 * round + turn,
      )
    : pick(
        all.filter(({ kind }) => kind === 'solution' || kind === 'right'),
        3 * round + turn,
      )
  layOut(sample, own)
  return { lesson: place.name, program: sample.name, points: pointsOf(sample) }
}

const pick = <T>(all: T[], index: number): T => all[index % all.length]!

/** The points of a wrong program are in its recorded report: "24 of 43 points". */
export function pointsOf({ kind, folder }: Sample): number | 'all' {
  if (kind === 'starter') return 0
  if (kind !== 'wrong') return 'all'
  const report = readFileSync(join(folder, 'report.en.txt'), 'utf8')
  return Number(/(\d+) of \d+ points/.exec(report)![1])
}

/** Makes a `.tar.gz` of a folder, and removes the folder. */
async function compress(folder: string): Promise<void> {
  const archive = pack()
  const written = pipeline(archive, createGzip(), createWriteStream(`${folder}.tar.gz`))
  for (const path of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!path.isFile()) continue
    const whole = join(path.parentPath, path.name)
    archive.entry({ name: whole.slice(folder.length + 1) }, readFileSync(whole))
  }
  archive.finalize()
  await written
  if (existsSync(folder)) rmSync(folder, { recursive: true })
}
