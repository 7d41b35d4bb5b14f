import { Command } from 'commander'
import { say } from '../language.ts'
import { type LessonPlace, lessons, manifest } from '../lessons.ts'
import { hasPassed, type Progress, readProgress, type Standing } from '../progress.ts'
import { terminalStyle } from '../report/style.ts'
import { renderStanding } from '../report/text.ts'

/** `progress`: every lesson, its points, and what is next. */
export function command(): Command {
  return new Command('progress')
    .description(
      say({
        en: 'show how far you are: every lesson, its points, what is next',
        ja: '進み具合を表示する: すべての課、点数、次にすること',
      }),
    )
    .action(showProgress)
}

async function showProgress(): Promise<void> {
  const progress = readProgress()
  const style = terminalStyle()
  for (const lesson of lessons()) {
    const { title } = await manifest(lesson)
    console.log(renderStanding({ ...lesson, title }, total(progress.get(lesson.name)), style))
  }
  console.log(`\n  ${say(whatIsNext(progress))}`)
}

const total = (standings: Standing[] | undefined) =>
  standings && {
    points: standings.reduce((sum, { points }) => sum + points, 0),
    maximum: standings.reduce((sum, { maximum }) => sum + maximum, 0),
  }

function whatIsNext(progress: Progress) {
  const lesson = lessons().find(({ name }) => !hasPassed(progress.get(name)))
  if (!lesson) return { en: 'All lessons passed.', ja: 'すべての課に合格しました。' }
  const words = `pnpm test lesson-${lesson.number} --watch`
  const check = firstOpen(progress, lesson)
  return {
    en: `next: ${words}${check ? ` (${check})` : ''}`,
    ja: `次: ${words}${check ? `（${check}）` : ''}`,
  }
}

const firstOpen = (progress: Progress, { name }: LessonPlace) =>
  progress.get(name)?.find(({ points, maximum }) => points < maximum)?.check
