import type { Cap } from '@socket-dojo/sandbox'
import { test } from 'vitest'
import { deadlines } from './deadlines.ts'
import { endBeside } from './ending.ts'
import { type Advice, LearnerFault, type Outcome } from './fault.ts'
import { currentJob, type Job } from './job.ts'
import { Kit, Skipped } from './kit.ts'
import { Random } from './random.ts'
import type { Text } from './text.ts'
import type { Step } from './transcript.ts'
import { verdicts } from './verdicts.ts'

/** One thing that a correct submission does. */
export interface Check {
  /** Unique in its lesson: `echo-half-close`. */
  id: string
  /** What a correct submission does, as a sentence: "echo sends back everything it was sent". */
  title: Text
  points: number
  /** The check that must have passed, else this one is not run. Declared above it. */
  restsOn?: string
  /** An achievement beside the lesson: worth no points, run only where it is asked for, and then by itself. */
  stretch?: true
  /** Kept from learners: their edition of the course is without it. Nothing else may rest on it. */
  heldOut?: true
}

/** What one check found. */
export interface Verdict {
  check: string
  /** `not run`: the check it rests on failed. `skipped`: this machine cannot run it, and its points do not count. */
  outcome: 'passed' | 'failed' | 'not run' | 'skipped'
  steps: Step[]
  /** The files of the submission that it ran; absent where it ran none. */
  files?: string[]
  /** What a stretch check measured. */
  measured?: Text
  /** Only where it failed. */
  failure?: Advice & { outcome: Outcome; what: Text; try: string[] }
  /** Caps that its programs met, only where it failed and there are some. */
  limits?: Cap[]
  /** Why it was skipped. */
  reason?: Text
  /** Why it was not run: the check that failed, at the bottom of all that rests on it. */
  because?: string
  milliseconds: number
}

declare module 'vitest' {
  interface TaskMeta {
    check?: Check
    verdict?: Verdict
  }
}

type Body = (kit: Kit) => Promise<void>

/**
 * Declares a check of a suite: a vitest test whose body works with a kit. It fails by throwing a LearnerFault, as
 * everything in the kit does. Anything else that is thrown is the grader's own fault, and no verdict.
 * @param about what the check is, and what its failures say where the failing operation says nothing of its own.
 */
export function check(id: string, about: Omit<Check, 'id'> & Advice, body: Body): void {
  const { title, points, restsOn, stretch, heldOut, ...advice } = about
  if (stretch && !currentJob().stretch) return
  const cause = Promise.withResolvers<string | undefined>()
  causes.set(id, cause.promise)
  const more = {
    ...(restsOn !== undefined && { restsOn }),
    ...(stretch && { stretch }),
    ...(heldOut && { heldOut }),
  }
  const meta = { check: { id, title, points, ...more } }

  const alone = stretch ? { concurrent: false, timeout: deadlines.stretch } : {}
  test(id, { meta, ...alone }, async ({ task, skip }) => {
    const { only, known, ...rest } = currentJob()
    const job = { ...rest, stretch: stretch ?? false }
    if (only !== undefined && only !== id) skip()
    if (known?.includes(id)) {
      cause.resolve(undefined)
      skip()
    }
    const because = restsOn === undefined || only !== undefined ? undefined : await causeOf(restsOn)
    if (because !== undefined) {
      task.meta.verdict = { check: id, outcome: 'not run', steps: [], because, milliseconds: 0 }
      cause.resolve(because)
      skip()
    }
    try {
      let { verdict, disturbed } = await judge(id, job, advice, body, false)
      if (verdict.outcome === 'failed' && disturbed)
        ({ verdict } = await judge(id, job, advice, body, true))
      task.meta.verdict = verdict
      verdicts.emit('verdict', verdict)
      if (verdict.outcome !== 'failed') cause.resolve(undefined)
      if (verdict.failure) throw new Error(verdict.failure.what.en)
    } finally {
      cause.resolve(id) // Where it has failed, or we have: whatever rests on it does not wait for ever.
    }
  })
}

/** Runs the body once. What it throws is a verdict, or our fault and thrown on. */
async function judge(id: string, job: Job, advice: Advice, body: Body, alone: boolean) {
  const kit = new Kit(job, new Random(`${job.seed} ${id}`), alone)
  const started = performance.now()
  const verdict: Verdict = {
    check: id,
    outcome: 'passed',
    steps: kit.transcript.steps,
    milliseconds: 0,
  }
  try {
    await body(kit)
  } catch (error) {
    if (error instanceof LearnerFault) {
      const fault = await kit.behind(error)
      verdict.outcome = 'failed'
      const { outcome, what } = fault
      verdict.failure = { outcome, try: [], ...advice, ...fault.advice, what }
      if (kit.limits.length > 0) verdict.limits = kit.limits
    } else if (error instanceof Skipped) {
      verdict.outcome = 'skipped'
      verdict.reason = error.reason
    } else throw error
  } finally {
    endBeside(kit.end())
  }
  if (kit.files.length > 0) verdict.files = kit.files
  if (kit.measure) verdict.measured = kit.measure
  verdict.milliseconds = Math.round(performance.now() - started)
  return { verdict, disturbed: kit.disturbed }
}

/** The failed check for which nothing that rests on a check can run, once that is known; undefined where there is none. */
const causes = new Map<string, Promise<string | undefined>>()

function causeOf(id: string): Promise<string | undefined> {
  const cause = causes.get(id)
  if (!cause) throw new Error(`Expected a check "${id}" above this one, found none: mend restsOn`)
  return cause
}
