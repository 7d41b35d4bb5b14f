import type { Text } from '@socket-dojo/testkit/text'
import { language } from './language.ts'
import type { LessonPlace } from './lessons.ts'

/** Opens the page of a lesson in the browser, where `pnpm site` serves it. Returns what to tell the learner. */
export async function openDocs(lesson: LessonPlace): Promise<Text> {
  const page = `http://localhost:4321/${language}/lessons/${lesson.name}/`
  const served = await fetch(page, { method: 'HEAD', signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (!served) {
    return {
      en: `Run pnpm site in another terminal, then press d again: the page is ${page}`,
      ja: `別の端末で pnpm site を実行してから、もう一度 d を押してください。ページは ${page} です`,
    }
  }
  const { default: open } = await import('open')
  const browser = await open(page).catch(() => undefined)
  browser?.on('error', () => {}) // The page is named in any case.
  return { en: `The page: ${page}`, ja: `ページ: ${page}` }
}
