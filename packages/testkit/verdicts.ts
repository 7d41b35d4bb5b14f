import { EventEmitter } from 'node:events'
import type { Verdict } from './check.ts'

/** Verdicts on their way to the judge, at once: vitest itself would tell of them a tenth of a second later. */
export const verdicts = new EventEmitter<{ verdict: [Verdict] }>()
