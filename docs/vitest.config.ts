import { defineConfig } from 'vitest/config'

/** The tests of the site: what its pages say, and how it is in a browser. */
export default defineConfig({
  test: {
    include: ['*.test.ts'],
    globalSetup: 'build.setup.ts',
    fileParallelism: false, // A page is looked at while nothing else is under way.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '.cache/verify/site.json' }]],
  },
})
