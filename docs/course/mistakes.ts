import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LessonPlace } from '@socket-dojo/dojo/lessons'
import type { Text } from '@socket-dojo/testkit/text'

/** A program known to be wrong, and what is reported of it. */
export interface Mistake {
  /** The check that catches it, and its name: `echo-half-close/not-half-open`. */
  name: string
  /** The failed check of its report: title, story and advice. */
  report: Text
  /** The files that hold the mistake, as they are. */
  files: { name: string; text: string }[]
}

/** The wrong programs of a lesson, by their names: the folders are the list. */
export function mistakes({ folder }: LessonPlace): Mistake[] {
  return globSync('wrong/*/*/report.en.txt', { cwd: folder })
    .toSorted()
    .map((path) => {
      const within = dirname(path)
      const read = (name: string) => readFileSync(join(folder, within, name), 'utf8')
      return {
        name: within.replace(/^wrong\//, ''),
        report: {
          en: firstFailure(read('report.en.txt')),
          ja: firstFailure(read('report.ja.txt')),
        },
        files: globSync('*.ts', { cwd: join(folder, within) }).map((name) => ({
          name,
          text: read(name),
        })),
      }
    })
}

/** The lines of a recorded report from its first failed check up to the next check. */
function firstFailure(report: string): string {
  const [, failure] = /^( {2}✗ .*\n(?:(?! {2}[✓✗–] ).*\n)*)/m.exec(report) ?? []
  if (failure === undefined)
    throw new Error(`Expected a failed check in a report, found none:\n${report}`)
  return failure.replace(/^ {2}/gm, '').trimEnd()
}
