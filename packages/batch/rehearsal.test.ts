import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findLesson } from '@socket-dojo/dojo/lessons'
import { asRoot, chooseProfile, isInstalled } from '@socket-dojo/sandbox'
import { expect, onTestFinished, test } from 'vitest'
import { rehearse } from './rehearsal.ts'

const { profile, reason } = await chooseProfile('auto')
const lessons = [findLesson('lesson-2')]
const missing =
  profile === 'plain' || !asRoot ? `bubblewrap, as root: ${reason ?? 'not root'}` : undefined
const timeout = 900_000

test.skipIf(missing)(
  `a class of 12 gets the points known in advance, while judges and the run are killed ${missing ?? ''}`,
  { timeout },
  async () => {
    const { differences, theClass, kills } = await rehearse({ ...class12(), trouble: 'kill' })
    expect(differences).toEqual([])
    expect(theClass.results).toHaveLength(12)
    expect(kills).toBeGreaterThan(0)
  },
)

const noRedis = isInstalled('redis-server') ? missing : 'redis-server is not installed'

test.skipIf(noRedis)(
  `the same through a queue, while workers and Redis are killed ${noRedis ?? ''}`,
  { timeout },
  async () => {
    const { differences, theClass, kills } = await rehearse({ ...class12(), trouble: 'redis' })
    expect(differences).toEqual([])
    expect(theClass.results).toHaveLength(12)
    expect(kills).toBe(3)
  },
)

function class12() {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-class-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, size: 12, lessons, jobs: 4 }
}
