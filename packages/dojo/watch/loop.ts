import { existsSync } from 'node:fs'
import type { Text } from '@socket-dojo/testkit/text'
import { firstFailed, hintsFor } from '../hints.ts'
import { say } from '../language.ts'
import { Known } from '../known.ts'
import { type LessonPlace, lessons, manifest, shortPath, submissionFolder } from '../lessons.ts'
import { hasPassed, keepProgress, readProgress } from '../progress.ts'
import { allPassed, exitStatus, type Report } from '../report/report.ts'
import { terminalStyle } from '../report/style.ts'
import {
  hang,
  paint,
  renderHints,
  renderLine,
  renderNote,
  renderSeed,
  renderStory,
} from '../report/text.ts'
import { typeErrors } from '../types.ts'
import { Files } from './files.ts'
import { RunView } from './run-view.ts'
import type { Screen } from './screen.ts'
import type { WarmJudge } from './warm-judge.ts'

export interface LoopOptions {
  /** Where the lessons to judge are. */
  in: string
  check?: string
  seed?: string
  /** The stretch checks too. */
  stretch?: true
  /** Look for saves instead of waiting to be told of them. */
  poll?: true
  /** The keys, for whoever has some. */
  legend?: Text | undefined
}

/** Stands at a lesson and judges it again whenever it is saved. What keys do is in its methods. */
export class Loop {
  readonly #judge: WarmJudge
  readonly #screen: Screen
  readonly #options: LoopOptions
  readonly #end = Promise.withResolvers<number>()
  #lesson!: LessonPlace
  #report: Report | undefined
  #known = new Known()
  #files: Files | undefined
  #timer: NodeJS.Timeout | undefined
  #patience = settled
  #hinted = { check: '', level: 0 }
  #types = new AbortController()
  /** Runs come one after the other: one that is interrupted ends before the next begins. */
  #run = Promise.resolve()

  constructor(judge: WarmJudge, screen: Screen, options: LoopOptions) {
    this.#judge = judge
    this.#screen = screen
    this.#options = options
  }

  /** Resolves with the exit status when somebody quits. Rejects with a UsageError where there is no such check. */
  get ended(): Promise<number> {
    return this.#end.promise
  }

  get lesson(): LessonPlace {
    return this.#lesson
  }

  /** Whether these are the learner's exercises, and not another folder's. */
  get isOwn(): boolean {
    return this.#submission === submissionFolder(this.#lesson)
  }

  get #submission(): string {
    return submissionFolder(this.#lesson, this.#options.in)
  }

  /** Goes to a lesson, and judges it. */
  async stand(lesson: LessonPlace): Promise<void> {
    this.#lesson = lesson
    this.#report = undefined
    const { files } = await manifest(lesson)
    this.#files?.close()
    this.#files = new Files(this.#submission, files, {
      poll: this.#options.poll ?? false,
      onSave: () => this.saved(),
      onSilence: () => this.tell(silence),
    })
    this.again()
  }

  /** A run that has not ended judges what is no longer there: it is given up. Whoever goes on saving gets a verdict when they pause. */
  saved(): void {
    if (this.#judge.running) this.#patience = restless
    this.#stop()
    this.#timer = setTimeout(() => this.#start(() => this.#judgeLesson()), this.#patience)
  }

  /** Judges the lesson once more, as if for the first time. */
  again(): void {
    this.#stop()
    this.#known = new Known()
    this.#start(() => this.#judgeLesson())
  }

  /** Judges every lesson: a line each. */
  all(): void {
    this.#stop()
    this.#start(() => this.#judgeAll())
  }

  /** Goes to the next lesson that has not passed. */
  next(): void {
    const progress = readProgress()
    const all = lessons()
    const here = all.findIndex(({ name }) => name === this.#lesson.name)
    const others = [...all.slice(here + 1), ...all.slice(0, here)]
    const next = others.find(({ name }) => !hasPassed(progress.get(name))) ?? all[here + 1]
    if (next) void this.stand(next)
    else this.tell(noneLeft)
  }

  /** Goes to the lesson before this one. */
  previous(): void {
    const all = lessons()
    const before = all[all.findIndex(({ name }) => name === this.#lesson.name) - 1]
    if (before) void this.stand(before)
    else this.tell(noneBefore)
  }

  /** A hint for the check that fails first, and the next time the next one. */
  async hint(): Promise<void> {
    const check = this.#report && firstFailed(this.#report)
    if (!check) return this.tell(this.#report ? nothingFails : noVerdicts)
    const known = await hintsFor(this.#lesson, check)
    const level = this.#hinted.check === check.id ? this.#hinted.level + 1 : 1
    if (level > known.length) return this.tell(lastHint)
    this.#hinted = { check: check.id, level }
    const style = terminalStyle()
    this.#screen.print(`\n${renderHints(say(check.title), known, level, style, level)}`)
  }

  /** What the grader did and saw, check by check, and how to have it do the same again. */
  transcript(): void {
    if (!this.#report) return this.tell(noVerdicts)
    const style = terminalStyle()
    const { checks } = this.#report
    const stories = checks.map((_, index) => renderStory(checks, index, style))
    this.#screen.print(['', ...stories, '', renderSeed(this.#report, style)].join('\n'))
  }

  tell(text: Text): void {
    const style = terminalStyle()
    this.#screen.print(`\n${paint('yellow', hang('  ', say(text), style), style)}`)
  }

  /** @param status default: what the last verdicts came to. */
  quit(status: number = this.#report ? exitStatus([this.#report]) : 1): void {
    this.#screen.live('')
    this.#end.resolve(status)
  }

  close(): void {
    this.#stop()
    this.#files?.close()
    this.#judge.close()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#types.abort()
    this.#judge.interrupt()
  }

  #start(run: () => Promise<void>): void {
    this.#patience = settled
    this.#run = this.#run.then(run).catch(this.#end.reject)
  }

  async #judgeLesson(): Promise<void> {
    const { check, seed, stretch } = this.#options
    const [lesson, submission] = [this.#lesson, this.#submission]
    const { title } = await manifest(lesson)
    const place = { lesson: { ...lesson, title }, submission: shortPath(submission) }
    const view = new RunView(this.#screen, terminalStyle(), place)
    const report = await this.#judge.grade(lesson, submission, {
      only: check,
      seed,
      stretch,
      known: this.#known,
      onVerdict: (judged) => view.verdict(judged),
    })
    if (!report) return view.interrupted()
    this.#report = report
    keepProgress(lesson, submission, report, check === undefined)
    view.end(report)
    if (allPassed(report) && check === undefined) this.tell(passed(lesson))
    this.#showLegend()
    void this.#noteTypes(submission)
  }

  async #judgeAll(): Promise<void> {
    this.#screen.print('')
    for (const lesson of lessons()) {
      const submission = submissionFolder(lesson, this.#options.in)
      const report = await this.#judge.grade(lesson, submission, { seed: this.#options.seed })
      if (!report) return
      keepProgress(lesson, submission, report, true)
      this.#screen.print(renderLine(report, terminalStyle()))
    }
    this.#showLegend()
  }

  /** After the verdicts, which are waited for. */
  async #noteTypes(submission: string): Promise<void> {
    this.#types = new AbortController()
    const { signal } = this.#types
    const { files } = await manifest(this.#lesson)
    const notes = await typeErrors(submission, files, signal)
    if (signal.aborted) return
    for (const note of notes) this.#screen.print(`\n${renderNote(note, terminalStyle())}`)
  }

  #showLegend(): void {
    const { legend } = this.#options
    const style = terminalStyle()
    if (legend) this.#screen.live(`\n${paint('dim', hang('  ', say(legend), style), style)}`)
  }
}

/** How long nothing more is saved before a run begins, in milliseconds: an editor writes a file in several steps. */
const settled = 30
/** The same for whoever saves again before the verdicts are there: no run that will be given up. */
const restless = 300

const silence = {
  en: 'This file system does not tell of saves (so it is with Windows folders in WSL, and over a network). From here on your files are looked at several times a second. --poll does so from the start.',
  ja: 'このファイルシステムは保存を通知しません（WSL から見た Windows のフォルダーや、ネットワーク上のフォルダーでは通知されません）。これ以降は 1 秒に数回ファイルを調べます。最初からそうするには --poll を付けてください。',
}
const noVerdicts = { en: 'No verdict yet.', ja: 'まだ結果がありません。' }
const nothingFails = {
  en: 'No check fails: there is nothing to hint at.',
  ja: '失敗しているチェックはないので、ヒントもありません。',
}
const lastHint = {
  en: 'That was the last hint for this check.',
  ja: 'このチェックのヒントはこれで全部です。',
}
const noneBefore = { en: 'This is the first lesson.', ja: 'これが最初の課です。' }
const noneLeft = {
  en: 'Every other lesson has passed, and this is the last one.',
  ja: 'ほかの課にはすべて合格していて、これが最後の課です。',
}
function passed(lesson: LessonPlace): Text {
  const { number } = lesson
  // The learner's edition has no solutions.
  const command = `pnpm dojo solution lesson-${number}`
  const compare = existsSync(submissionFolder(lesson, 'solutions'))
  return {
    en: `Lesson ${number} has passed.${compare ? ` Compare your answer: ${command}` : ''}`,
    ja: `第 ${number} 課に合格しました。${compare ? `解答例と比べるには: ${command}` : ''}`,
  }
}
