import { join } from 'node:path'
import { root } from '@socket-dojo/dojo/lessons'
import type { Check } from '@socket-dojo/testkit/check'
import { createVitest } from 'vitest/node'

/** The checks that the suites declare, by the folder of their lesson. Collects them, and runs none. */
export async function declaredChecks(): Promise<Map<string, Check[]>> {
  const vitest = await createVitest('test', {
    config: false,
    root: join(root, 'packages'),
    include: ['lesson-*/suite/index.test.ts'],
    watch: false,
    reporters: [{}],
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    server: { deps: { external: [/\/packages\/(sandbox|testkit)\//] } },
    testNamePattern: /^(?!)/, // Collected, and not run.
  })
  try {
    const specifications = await vitest.globTestSpecifications()
    const { testModules } = await vitest.runTestSpecifications(specifications)
    return new Map(
      testModules.map((module) => [
        /lesson-[^/]+/.exec(module.moduleId)![0],
        [...module.children.allTests()].flatMap((test) => test.meta().check ?? []),
      ]),
    )
  } finally {
    await vitest.close()
  }
}
