import { docsLoader } from '@astrojs/starlight/loaders'
import { lessons, manifest } from '@socket-dojo/dojo/lessons'

/**
 * Starlight's loader of pages, but that a lesson's page takes title and order from its lesson: they are not written twice.
 * @throws {Error} where a page is not there in the other language: Starlight would show this one instead.
 */
export function pagesLoader(): ReturnType<typeof docsLoader> {
  const pages = docsLoader()
  return {
    ...pages,
    load: async (context) => {
      await pages.load({
        ...context,
        parseData: async ({ data, ...page }) =>
          context.parseData({ ...page, data: { ...data, ...(await fromLesson(page.id)) } }),
      })
      const single = withoutTwin(context.store.keys())
      if (single.length > 0)
        throw new Error(
          `Expected each page in both languages, found only ${single.join(', ')}: write its twin`,
        )
    },
  }
}

/** Pages, as `ja/start/ports`, that the other language has not. */
export function withoutTwin(ids: string[]): string[] {
  const twin = (id: string) => id.replace(/^\w+/, (language) => (language === 'en' ? 'ja' : 'en'))
  return ids.filter((id) => !ids.includes(twin(id)))
}

/** @param id `ja/lessons/lesson-2-tcp-server` */
async function fromLesson(id: string): Promise<{ title: string; sidebar: { order: number } } | {}> {
  const [, language, name] = /^(en|ja)\/lessons\/(lesson-.+)$/.exec(id) ?? []
  const lesson = lessons().find((place) => place.name === name)
  if (!lesson) return {}
  const { title } = await manifest(lesson)
  const { number } = lesson
  return {
    title: language === 'ja' ? `第 ${number} 課: ${title.ja}` : `Lesson ${number}: ${title.en}`,
    sidebar: { order: number },
  }
}
