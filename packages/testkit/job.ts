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
  /** The one check to run; all where it is absent. */
  only?: string
}

declare module 'vitest' {
  interface ProvidedContext {
    job: Job
  }
}

/** The job of the present run. */
export const currentJob = (): Job => inject('job')
