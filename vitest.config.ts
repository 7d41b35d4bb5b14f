import { defineConfig } from 'vitest/config'

/** The tests of the packages. Hidden suites are no such tests: they are run by a judge, on a submission. */
export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'docs/experiments/*.test.ts'],
    exclude: ['**/node_modules/**', '**/suite/**'],
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.cache/verify/tests.json' }]],
  },
})
