import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Text } from '@socket-dojo/testkit/text'
import { structuredPatch } from 'diff'
import { say } from './language.ts'
import { findLesson, type LessonPlace, manifest, shortPath, submissionFolder } from './lessons.ts'
import { hasPassed, readProgress } from './progress.ts'
import { terminalStyle } from './report/style.ts'
import { hang, paint, type Style } from './report/text.ts'
import { samples } from './samples.ts'
import { UsageError } from './usage.ts'

/**
 * Prints how a learner's answer differs from the reference solution, and what the other right answers do.
 * @throws {UsageError} before the lesson has passed, where nobody can be asked and `yes` was not given.
 */
export async function solution(wanted: string, { yes }: { yes?: true }): Promise<void> {
  const lesson = findLesson(wanted)
  if (!yes && !hasPassed(readProgress().get(lesson.name)) && !(await isWanted(lesson))) return
  const style = terminalStyle()
  const { files } = await manifest(lesson)
  for (const file of files) console.log(difference(lesson, file, style))
  for (const line of await variants(lesson, style)) console.log(line)
}

async function isWanted({ number }: LessonPlace): Promise<boolean> {
  const notYet = {
    en: `Lesson ${number} has not passed yet, and nobody sees a solution for the first time twice.`,
    ja: `第 ${number} 課にはまだ合格していません。解答例を初めて見る機会は一度だけです。`,
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new UsageError({
      en: `${notYet.en} pnpm dojo hint lesson-${number} helps without it; --yes shows it all the same.`,
      ja: `${notYet.ja}ヒントは pnpm dojo hint lesson-${number} で、それでも見るには --yes を付けてください。`,
    })
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C and Ctrl-D are an answer too.
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  const question = `${say(notYet)} ${say({ en: 'Show it all the same?', ja: 'それでも見ますか？' })} [y/N] `
  const answer = await Promise.race([terminal.question(question).catch(() => ''), closed])
  terminal.close()
  return /^y/i.test(answer.trim())
}

/** One file of the learner's beside that of the solution: what the solution adds, and what it does without. */
function difference(lesson: LessonPlace, file: string, style: Style): string {
  const [own, reference] = [submissionFolder(lesson), submissionFolder(lesson, 'solutions')].map(
    (folder) => join(folder, file),
  ) as [string, string]
  const [before, after] = [own, reference].map((path) =>
    existsSync(path) ? readFileSync(path, 'utf8') : '',
  ) as [string, string]
  const { hunks } = structuredPatch(own, reference, before, after, '', '', { context: 3 })
  const heading = paint('bold', `${shortPath(own)} → ${shortPath(reference)}`, style)
  if (hunks.length === 0) return `${heading}\n${say(same)}\n`
  const lines = hunks.flatMap(({ lines: changed }, index) => [
    ...(index > 0 ? [paint('dim', '  ⋮', style)] : []),
    ...changed.map((line) => coloured(line, style)),
  ])
  return [heading, ...lines, ''].join('\n')
}

const same = { en: 'the same', ja: '同じです' }

function coloured(line: string, style: Style): string {
  if (line.startsWith('+')) return paint('green', line, style)
  return line.startsWith('-') ? paint('red', line, style) : line
}

/** The known-right variants, with what each does differently. */
async function variants(lesson: LessonPlace, style: Style): Promise<string[]> {
  const right = samples(lesson).filter(({ kind }) => kind === 'right')
  if (right.length === 0) return []
  const heading = say({ en: 'Other good answers:', ja: 'ほかの良い答え:' })
  const lines = right.map(async ({ folder }) => {
    const about = say(await sentence(folder))
    const files = readdirSync(folder).filter((file) => file !== 'about.ts')
    return `${paint('cyan', shortPath(folder), style)}  ${files.join(' ')}\n${hang('  ', about, style)}`
  })
  return [paint('bold', heading, style), ...(await Promise.all(lines))]
}

/** What a known-right variant says of itself in `about.ts`. */
async function sentence(folder: string): Promise<Text> {
  return ((await import(join(folder, 'about.ts'))) as { default: Text }).default
}
