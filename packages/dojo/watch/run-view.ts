import { firstFailed } from '../hints.ts'
import type { Report } from '../report/report.ts'
import { say } from '../language.ts'
import { paint, renderHeading, renderSummary, renderVerdict, type Style } from '../report/text.ts'
import type { Screen } from './screen.ts'

/**
 * Shows one run as it goes: a line for each check, and the first that fails in full. In a terminal that one is shown
 * at once, below the lines, and stays there; elsewhere it stands among them.
 */
export class RunView {
  readonly #screen: Screen
  readonly #style: Style
  #first: string | undefined

  constructor(screen: Screen, style: Style, place: Pick<Report, 'lesson' | 'submission'>) {
    this.#screen = screen
    this.#style = style
    screen.print(`\n${renderHeading(place, style)}\n`)
    screen.live(say(judging))
  }

  /** The next verdict: the last of all so far. */
  verdict(judged: Report['checks']): void {
    const index = judged.length - 1
    const isFirst = this.#first === undefined && firstFailed({ checks: judged }) === judged[index]
    if (isFirst) this.#first = renderVerdict(judged, index, this.#style)
    const inFull = isFirst && !this.#screen.interactive
    this.#screen.print(
      inFull ? this.#first! : renderVerdict(judged, index, { ...this.#style, brief: true }),
    )
    this.#screen.live(
      [...(this.#first === undefined ? [] : ['', this.#first]), say(judging)].join('\n'),
    )
  }

  end(report: Report): void {
    this.#screen.live('')
    const summary = renderSummary(report, this.#style)
    const inFull = this.#screen.interactive ? this.#first : undefined
    this.#screen.print(inFull === undefined ? `\n${summary}` : `\n${inFull}\n${summary}`)
  }

  interrupted(): void {
    this.#screen.live('')
    this.#screen.print(paint('dim', `  ${say(startingOver)}`, this.#style))
  }
}

const judging = { en: '  judging …', ja: '  採点中…' }
const startingOver = {
  en: 'saved meanwhile: starting over',
  ja: '途中で保存されたので、最初から採点します',
}
