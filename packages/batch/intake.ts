import type { Text } from '@socket-dojo/testkit/text'
import { type Archive, IntakeError } from './intake/archive.ts'
import { locate } from './intake/locate.ts'
import { control, type Roster } from './intake/roster.ts'
import { type Source, sources } from './intake/sources.ts'
import { take, type Taken } from './intake/take.ts'
import type { Class, Learner, Result } from './result.ts'
import type { Suite } from './suite.ts'

/** One learner's submission for one lesson, without its contents. */
export interface Submitted {
  learner: Learner
  suite: Suite
  submission: Result['submission']
}

export interface Intake {
  submitted: Submitted[]
  refused: Class['refused']
}

/**
 * Takes in all that lies in a folder of submissions, one after the other, so that no more than one is in memory.
 * What cannot be taken in is refused with a sentence; the others are taken all the same. Where a learner handed in
 * several times, the newest counts.
 * @param wanted says whose are taken at all.
 * @param keep is given the contents of each that was taken.
 * @throws {UsageError} when there is nothing, or no such folder.
 */
export async function takeIn(
  folder: string,
  suites: Suite[],
  roster: Roster | undefined,
  wanted: (learner: Learner) => boolean,
  keep: (taken: Taken) => void,
): Promise<Intake> {
  const newest = new Map<string, Submitted>()
  const refused: Intake['refused'] = []
  for (const source of sources(folder)) {
    try {
      const learner = learnerOf(source, roster)
      if (!wanted(learner)) continue
      const archive = await source.open()
      const found = await lessonsOf(archive, suites)
      if (found.length === 0) throw nothingIn(suites)
      for (const { suite, taken } of found) {
        const submission = submissionOf(source, archive, taken)
        const name = `${suite.place.name} ${learner.id}`
        const other = newest.get(name)
        const replaced =
          other && other.submission.time > submission.time ? submission : other?.submission
        if (replaced) refused.push({ source: replaced.source, why: replacedBy(suite) })
        if (replaced === submission) continue
        keep(taken)
        newest.set(name, { learner, suite, submission })
      }
    } catch (error) {
      if (!(error instanceof IntakeError)) throw error
      refused.push({ source: source.source, why: error.text })
    }
  }
  return { submitted: [...newest.values()], refused }
}

/** Without a roster everybody is who the name of the submission says. */
function learnerOf({ name }: Source, roster: Roster | undefined): Learner {
  const learner = roster ? roster.find(name) : { id: name }
  if (learner && !control.test(learner.id) && learner.id !== '') return learner
  throw new IntakeError(
    learner
      ? { en: 'its name has control characters', ja: '名前に制御文字が含まれています' }
      : { en: `the roster has nobody "${name}"`, ja: `名簿に「${name}」がいません` },
  )
}

async function lessonsOf(
  archive: Archive,
  suites: Suite[],
): Promise<{ suite: Suite; taken: Taken }[]> {
  const all = []
  for (const suite of suites) {
    const found = locate(archive.entries, suite.place, suite.lesson, suites.length === 1)
    if (found.size > 0) all.push({ suite, taken: await take(archive, found) })
  }
  return all
}

function submissionOf({ source }: Source, { time }: Archive, { hash, files, notes }: Taken) {
  return { source, hash, time: time.toISOString(), files: Object.keys(files).toSorted(), notes }
}

function nothingIn(suites: Suite[]): IntakeError {
  const names = suites.map(({ place }) => place.name)
  const files = suites.length === 1 ? suites[0]!.lesson.files : []
  return new IntakeError({
    en: `it holds nothing for ${names.join(', ')}${files.length ? ` (${files.join(', ')})` : ''}`,
    ja: `${names.join('、')} のファイル${files.length ? `（${files.join('、')}）` : ''}がありません`,
  })
}

const replacedBy = ({ place }: Suite): Text => ({
  en: `replaced: the same learner handed in ${place.name} once more, later`,
  ja: `同じ学習者が後から ${place.name} を再提出したため、置き換えました`,
})
