import type { Verdict } from '@socket-dojo/testkit/check'

/** The source of each file of a submission that can run, types stripped, by its name. */
export type Sources = Record<string, string>

/**
 * Verdicts that hold on: a check that has passed passes as long as the files that it ran are what they were, and need
 * not be judged again. Only for whoever judges again and again: the loop, and proofs. A grading never knows anything.
 */
export class Known {
  readonly #passed: Map<string, { verdict: Verdict; rest: Sources }>

  /** @param from what is known to begin with. Default: nothing. */
  constructor(from?: Known) {
    this.#passed = new Map(from ? from.#passed : [])
  }

  /** The verdicts that hold for a submission with these files, by their checks. */
  holding(sources: Sources): Map<string, Verdict> {
    const holding = [...this.#passed].filter(([, { rest }]) =>
      Object.entries(rest).every(([file, source]) => sources[file] === source),
    )
    return new Map(holding.map(([check, { verdict }]) => [check, verdict]))
  }

  /**
   * Remembers a verdict on a submission with these files. What has not passed is always judged again, and so is what
   * measures.
   */
  keep(verdict: Verdict, sources: Sources): void {
    const { check, outcome, measured, files = [] } = verdict
    this.#passed.delete(check)
    if (outcome !== 'passed' || measured || files.length === 0) return
    const alone = files.every((file) => standsAlone(file, sources))
    const own = files.map((file) => [file, sources[file]!] as const)
    this.#passed.set(check, { verdict, rest: alone ? Object.fromEntries(own) : { ...sources } })
  }
}

/** Whether a program has no way to another file of the submission: it names none, imports none, and asks for no place. */
function standsAlone(file: string, sources: Sources): boolean {
  const source = sources[file]!
  const others = Object.keys(sources).filter((other) => other !== file)
  return !waysToOthers.test(source) && !others.some((other) => source.includes(other))
}

const waysToOthers = /['"`]\.{1,2}\/|import\.meta(?!\.main\b)|\bcwd\b|argv\[1\]/
