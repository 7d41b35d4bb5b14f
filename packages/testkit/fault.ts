import type { Text } from './text.ts'

/** What a failure tells a learner besides what was seen. */
export interface Advice {
  /** Why it is not right. */
  why: Text
  /** Where to look. It points, and never hands over the answer. */
  next: Text
  /** Commands that show the same with ordinary tools, one a line. */
  try?: string[]
}

/**
 * What an operation can come to instead of what was expected. Suites give the usual mistakes their own sentences by
 * these names.
 */
export type Outcome =
  /** The other side closed its direction of the connection. */
  | 'ended'
  /** The other side reset the connection. */
  | 'reset'
  /** Nothing happened until the deadline. */
  | 'silent'
  /** Something else came than was expected. */
  | 'different'
  /** More came than was expected. */
  | 'extra'
  /** It came from somebody else than was asked. */
  | 'stranger'
  /** Nobody listens there. */
  | 'refused'
  /** The program, or the process that a module runs in, ended. */
  | 'exited'
  /** It is still running. */
  | 'running'
  /** A call failed that should have succeeded. */
  | 'threw'
  /** A call succeeded that should have failed. */
  | 'resolved'
  /** An export, a file of its own or a line of output is not there. */
  | 'missing'
  /** A file that the lesson asks for, or that it imports, is not there or is no program: nothing of it has run. */
  | 'unrunnable'

/** Advice by what was seen. It goes before what the testkit and the check itself say. */
export type Explain = Partial<Record<Outcome, Partial<Advice>>>

/** The submission does not do what the check expects. The one thing that costs points. */
export class LearnerFault extends Error {
  override name = 'LearnerFault'
  readonly outcome: Outcome
  readonly what: Text
  readonly advice: Partial<Advice>
  /** What the call site has to say about each outcome. */
  readonly explain: Explain

  constructor(outcome: Outcome, what: Text, advice: Partial<Advice> = {}, explain: Explain = {}) {
    super(what.en)
    this.explain = explain
    this.outcome = outcome
    this.what = what
    this.advice = advice
  }
}

/** The grader, or the machine under it, does not do what it should. It never costs a point. */
export class GraderFault extends Error {
  override name = 'GraderFault'
}
