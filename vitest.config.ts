import { defineConfig } from 'vitest/config'

/** The tests of the packages. Hidden suites are no such tests: they are run by a judge, on a submission. */
export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'docs/experiments/*.test.ts'],
    exclude: ['**/node_modules/**', '**/suite/**'],
    fileParallelism: false, // Most of them start processes and judge by time: each has the machine to itself.
    // A test that hangs is to end some day. How long one may take is for the test itself to say.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '.cache/verify/tests.json' }]],
  },
})
