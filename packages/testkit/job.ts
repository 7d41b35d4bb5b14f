import type { Profile } from '@socket-dojo/sandbox'
import { inject } from 'vitest'
import type { Problem } from './submission.ts'

/** What a suite is told about the submission that it judges. */
export interface Job {
  /** The prepared submission: see `prepare`. */
  directory: string
  /** Why a file cannot run, by its name. */
  problems: Record<string, Problem>
  profile: Profile
  /** Whether its programs may start the system's own commands. */
  commands: boolean
  /** Where all random values of the run come from. */
  seed: string
  /** Whether stretch checks run too; for one check, whether it is one. Its programs then have more time. */
  stretch?: boolean
  /** The reference solution, prepared likewise: the yardstick of stretch checks. Absent where there is none. */
  reference?: string
  /** The one check to run; all where it is absent. */
  only?: string
  /** Checks that are known to pass, and not run; none where it is absent. */
  known?: string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    job: Job
  }
}

/** The job of the present run. */
export const currentJob = (): Job => inject('job')
