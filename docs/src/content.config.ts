import { docsSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'
import { defineCollection } from 'astro:content'
import { commands } from '../course/commands.ts'
import { experiments } from '../course/experiments.ts'
import { lessons } from '../course/lessons.ts'
import { pagesLoader } from '../course/loader.ts'
import { sources } from '../course/sources.ts'

/** What the pages are made of: texts, and what is read from the course itself. */
export const collections = {
  docs: defineCollection({ loader: pagesLoader(), schema: docsSchema() }),
  experiments: defineCollection({ loader: async () => experiments(), schema: z.any() }),
  lessons: defineCollection({ loader: async () => lessons(), schema: z.any() }),
  commands: defineCollection({ loader: async () => commands(), schema: z.any() }),
  sources: defineCollection({ loader: async () => sources(), schema: z.any() }),
}
