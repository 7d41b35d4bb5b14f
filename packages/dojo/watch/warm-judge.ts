import { type GradeOptions, grade } from '../grade.ts'
import { Judge, startJudge } from '../judge/judge.ts'
import type { LessonPlace } from '../lessons.ts'
import type { Report } from '../report/report.ts'

/**
 * A judge that is ready when it is needed: it has started, and keeps what it has loaded from one submission to the
 * next. It is an ordinary judge, so its verdicts are those of any other.
 */
export class WarmJudge {
  #judge: Judge
  #running = false

  private constructor(judge: Judge) {
    this.#judge = judge
  }

  static start = async (): Promise<WarmJudge> => new WarmJudge(await startJudge())

  get choice() {
    return this.#judge.choice
  }

  get running(): boolean {
    return this.#running
  }

  /** Grades one submission; undefined where it was interrupted. */
  async grade(
    lesson: LessonPlace,
    submission: string,
    options: GradeOptions,
  ): Promise<Report | undefined> {
    if (this.#judge.ended) this.#judge = new Judge(this.choice)
    const judge = this.#judge
    this.#running = true
    const report = await grade(judge, lesson, submission, {
      ...options,
      // What was on its way when it was interrupted tells of files that have changed since.
      onVerdict: (judged) => judge === this.#judge && options.onVerdict?.(judged),
    })
    if (judge !== this.#judge) return undefined
    this.#running = false
    return report
  }

  /** Ends the present run and all its programs. The next judge starts at once, to be ready for the next run. */
  interrupt(): void {
    if (!this.#running) return
    this.#running = false
    void this.#judge.close()
    this.#judge = new Judge(this.choice)
  }

  close(): void {
    void this.#judge.close()
  }
}
