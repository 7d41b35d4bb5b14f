import starlight from '@astrojs/starlight'
import { defineConfig, passthroughImageService } from 'astro/config'

/** The parts of the site, in the order of the sidebar: folders of each language's content, which hold the pages. */
const parts = {
  start: { en: 'Before the lessons', ja: '課の前に' },
  lessons: { en: 'Lessons', ja: '課' },
  myths: { en: 'Myths, tested', ja: '俗説を試す' },
  teaching: { en: 'Teaching and maintaining', ja: '教える・保守する' },
  reference: { en: 'Reference', ja: 'リファレンス' },
}

export default defineConfig({
  // What reads the course itself is plain Node, as everywhere else: Vite would move it, and it looks around itself.
  vite: { ssr: { external: ['@socket-dojo/dojo', '@socket-dojo/testkit'] } },
  image: { service: passthroughImageService() },
  integrations: [
    starlight({
      title: 'Socket Dojo',
      defaultLocale: 'en',
      locales: { en: { label: 'English', lang: 'en' }, ja: { label: '日本語', lang: 'ja' } },
      credits: false,
      customCss: ['./src/style.css'],
      sidebar: Object.entries(parts).map(([directory, { en, ja }]) => ({
        label: en,
        translations: { ja },
        items: [{ autogenerate: { directory } }],
      })),
    }),
  ],
})
