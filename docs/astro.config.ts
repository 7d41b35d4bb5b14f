import starlight from '@astrojs/starlight'
import { defineConfig, passthroughImageService } from 'astro/config'

/** A part of the site: a folder of each language's content, which holds its pages. */
const part = (directory: string, label: string, ja: string) => ({
  label,
  translations: { ja },
  items: [{ autogenerate: { directory } }],
})

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
      disable404Route: true, // It has one of its own, in both languages.
      customCss: ['./src/style.css'],
      sidebar: [
        part('start', 'Before the lessons', '課の前に'),
        part('lessons', 'Lessons', '課'),
        { slug: 'myths' },
        part('teaching', 'Teaching and maintaining', '教える・保守する'),
        part('reference', 'Reference', 'リファレンス'),
      ],
    }),
  ],
})
