import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '@socket-dojo/testkit/text'
import { Command } from 'commander'
import { say } from './language.ts'
import {
  findLesson,
  type LessonPlace,
  manifest,
  shortPath,
  submissionFolder,
  whichLesson,
} from './lessons.ts'
import { UsageError } from './usage.ts'

/** One program of a learner, found by what a person types. */
export interface ProgramPlace {
  lesson: LessonPlace
  /** `echo.ts` */
  file: string
  /** Absolute. */
  path: string
}

/** A command that runs one of the learner's programs: `<name> <lesson> [program] [arguments…]`. */
export function programCommand(name: string, description: Text): Command {
  return new Command(name)
    .description(say(description))
    .argument('<lesson>', say(whichLesson))
    .argument(
      '[program]',
      say({
        en: 'its file, with or without .ts; without it you see which there are',
        ja: 'ファイル名（.ts は省略可）。省略すると一覧を表示する',
      }),
    )
    .argument('[arguments...]', say({ en: 'what it is started with', ja: 'プログラムに渡す引数' }))
    .option(
      '--in <folder>',
      say({
        en: 'where the lessons are; stands before the lesson',
        ja: '課のあるフォルダー（課の名前より前に書く）',
      }),
      'exercises',
    )
    .passThroughOptions() // What follows the program is the program's.
}

/**
 * Finds a program of a lesson by its file, with or without `.ts`.
 * @throws {UsageError} naming the nearest programs when the lesson has no such file, and the place when it is not there.
 */
export async function findProgram(
  wanted: string,
  program: string,
  within: string,
): Promise<ProgramPlace> {
  const lesson = findLesson(wanted)
  const file = program.endsWith('.ts') ? program : `${program}.ts`
  const { files } = await manifest(lesson)
  if (!files.includes(file)) throw UsageError.unknown('program', program, files.map(nameOf))
  const path = join(submissionFolder(lesson, within), file)
  if (existsSync(path)) return { lesson, file, path }
  throw new UsageError({
    en: `There is no file ${shortPath(path)}`,
    ja: `${shortPath(path)} というファイルはありません`,
  })
}

/** What a person can type where no program was named: a line for each program of the lesson. */
export async function offer(verb: 'start' | 'trace', wanted: string): Promise<string> {
  const lesson = findLesson(wanted)
  const { files } = await manifest(lesson)
  const heading = say({
    en: `Lesson ${lesson.number} has these programs:`,
    ja: `第 ${lesson.number} 課のプログラムは次のとおりです:`,
  })
  const lines = files.map((file) => {
    const words = ['pnpm dojo', verb, `lesson-${lesson.number}`, nameOf(file)]
    return `  ${words.join(' ')}${usualArguments(lesson, file)}`
  })
  return [heading, '', ...lines].join('\n')
}

const nameOf = (file: string) => file.replace(/\.ts$/, '')

/** Whether a file only exports functions for others to call, so that running it alone does nothing. */
export function isModule(path: string): boolean {
  const source = readFileSync(path, 'utf8')
  return /^export (async function|function|class|const)\b/m.test(source) && !runsItself.test(source)
}

const runsItself = /\bimport\.meta\.main\b/

/** The arguments with which the contract, the comment at the head of the starter, shows the program; with a blank before. */
function usualArguments(lesson: LessonPlace, file: string): string {
  const path = join(submissionFolder(lesson), file)
  const contract = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const shown = new RegExp(
    `^ \\* {5}(?:pnpm dojo start|node) .*?\\b${nameOf(file)}(?:\\.ts)?( .*)?$`,
    'm',
  )
  return shown.exec(contract)?.[1]?.replace(/ {2,}.*/, '') ?? ''
}
