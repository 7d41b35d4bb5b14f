import { docsLoader } from '@astrojs/starlight/loaders'
import { docsSchema } from '@astrojs/starlight/schema'
import { z } from 'astro/zod'
import { defineCollection } from 'astro:content'
import { experiments } from '../course/experiments.ts'
import { sources } from '../course/sources.ts'

/** What the pages are made of: texts, and what is read from the course itself. */
export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  experiments: defineCollection({
    loader: async () => experiments(),
    schema: z.object({
      file: z.string(),
      source: z.string(),
      command: z.string(),
      output: z.string(),
    }),
  }),
  sources: defineCollection({
    loader: async () => sources(),
    schema: z.object({ text: z.string() }),
  }),
}
