import { defineConfig } from 'vitest/config'

/** The tests of the site: what its pages say, and how it is in a browser. */
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    reporters: ['default', ['json', { outputFile: '.cache/verify/site.json' }]],
  },
})
