import type { Judged } from './judging.ts'

/** How far a run is: a bar at the bottom of a terminal, and plain lines elsewhere. */
export class Progress {
  readonly #total: number
  readonly #began = performance.now()
  readonly #live = process.stderr.isTTY
  #done = 0
  #failures = 0
  #clock: NodeJS.Timeout | undefined

  constructor(total: number) {
    this.#total = total
    if (this.#live && total > 0) this.#clock = setInterval(() => this.#draw(), 500).unref()
  }

  /** One more is done. */
  tell(learner: string, lesson: string, { status, report }: Judged): void {
    this.#done += 1
    if (status === 'grader_error') this.#failures += 1
    if (this.#live) this.#draw()
    else {
      const points = status === 'grader_error' ? '' : `${report.points}/${report.maximum} `
      console.error(
        `${this.#done}/${this.#total} ${printable(learner)} ${lesson} ${points}${status}`,
      )
    }
  }

  stop(): void {
    clearInterval(this.#clock)
    if (this.#live && this.#total > 0) process.stderr.write('\n')
  }

  #draw(): void {
    const width = 24
    const full = Math.floor((width * this.#done) / this.#total)
    const rate = this.#done / ((performance.now() - this.#began) / 1000)
    const left = this.#done === 0 ? '–' : clock((this.#total - this.#done) / rate)
    const bar = `${'█'.repeat(full)}${'░'.repeat(width - full)}`
    const numbers = `${this.#done}/${this.#total}  ${rate.toFixed(1)}/s  ${left}`
    const failures = this.#failures > 0 ? `  grader_error: ${this.#failures}` : ''
    process.stderr.write(`\r\u001B[K${bar}  ${numbers}${failures}`)
  }
}

/** 3725 seconds are `1:02:05`. */
function clock(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => Math.floor(part))
  const [hours, ...rest] = parts.map((part) => String(part).padStart(2, '0'))
  return [...(hours === '00' ? [] : [String(Number(hours))]), ...rest].join(':')
}

/** A name of a stranger, without what a terminal obeys. */
export const printable = (text: string) => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')
