import { styleText } from 'node:util'
import type { Check, Verdict } from '@socket-dojo/testkit/check'
import type { Language, Text } from '@socket-dojo/testkit/text'
import { actions, type Step } from '@socket-dojo/testkit/transcript'
import stringWidth from 'fast-string-width'
import { wrapAnsi } from 'fast-wrap-ansi'
import type { Report } from './report.ts'

/** How a report is written. */
export interface Style {
  language: Language
  /** Colours are never the only sign. */
  colour: boolean
  /** A failed check in a line too. */
  brief?: boolean
}

/** A check with what was found. */
type Judged = Check & Omit<Verdict, 'check'>

/** A report as text, 80 columns wide: the first failure in full, every other check in a line. */
export function renderText(report: Report, style: Style): string {
  const { checks } = report
  const first = checks.findIndex(({ outcome }) => outcome === 'failed')
  const verdicts = checks.map((_, index) =>
    renderVerdict(checks, index, { ...style, brief: index !== first }),
  )
  return [renderHeading(report, style), '', ...verdicts, '', renderSummary(report, style), ''].join(
    '\n',
  )
}

/** `Lesson 2 · TCP server   exercises/lesson-2-tcp-server` */
export function renderHeading(report: Pick<Report, 'lesson' | 'submission'>, style: Style): string {
  const title = lessonTitle(report)[style.language]
  return apart(paint('bold', title, style), paint('dim', report.submission, style))
}

/** One of the checks so far: a line, and where it failed its story. */
export function renderVerdict(checks: Judged[], index: number, style: Style): string {
  const { title, points, outcome, stretch, measured, steps, failure, reason, because } =
    checks[index]!
  const name = title[style.language]
  switch (outcome) {
    case 'passed':
      if (stretch)
        return `  ${paint('green', '★', style)} ${name}\n${hang('      ', measured![style.language])}`
      return apart(`  ${paint('green', '✓', style)} ${name}`, `${points}/${points}`)
    case 'skipped':
      return paint(
        'dim',
        hang(`  – ${name}\n      `, words.skipped[style.language] + reason![style.language]),
        style,
      )
    case 'not run': {
      const line = apart(`  – ${name}`, words.notRun[style.language])
      // Said once for all that follow from the same failure.
      const said = checks[index - 1]?.because === because
      const base = checks.find(({ id }) => id === because)?.title[style.language]
      return paint(
        'dim',
        said ? line : `${line}\n      ${words.restsOn[style.language]} "${base}"`,
        style,
      )
    }
    case 'failed': {
      const heading = stretch
        ? `  ☆ ${name}`
        : apart(`  ${paint('red', '✗', style)} ${paint('bold', name, style)}`, `0/${points}`)
      if (style.brief) return heading
      const story = steps.length > 0 ? [...renderSteps(steps, style), ''] : []
      return [heading, '', ...story, ...renderFailure(failure!, style), ''].join('\n')
    }
  }
}

/** `5 of 20 points · next: sends back everything it was sent` */
export function renderSummary({ points, maximum, checks, fault }: Report, style: Style): string {
  const { language } = style
  if (fault !== undefined) return renderFault(fault, style)
  const next = checks.find(({ outcome, stretch }) => outcome === 'failed' && !stretch)?.title
  const sum = { en: `${points} of ${maximum} points`, ja: `${maximum} 点中 ${points} 点` }[language]
  const rest = next && { en: ` · next: ${next.en}`, ja: ` · 次: ${next.ja}` }[language]
  return `  ${paint('bold', sum, style)}${rest ?? ''}`
}

/** How to run it again with the same random values. */
export function renderSeed({ lesson, seed }: Report, style: Style): string {
  const command = `pnpm test lesson-${lesson.number} --seed ${seed}`
  const said = {
    en: `${command} repeats this run`,
    ja: `${command} で同じ乱数を使って再実行できます`,
  }
  return paint('dim', `  ${said[style.language]}`, style)
}

/** A note: said, and worth no points. */
export function renderNote(note: Text, style: Style): string {
  return block(words.note[style.language], note[style.language], style)
}

/** A lesson in one line: `✗ Lesson 2 · TCP server and client   26/42`, and what is next. */
export function renderLine(report: Report, style: Style): string {
  const { points, maximum, checks, fault } = report
  const title = lessonTitle(report)[style.language]
  if (fault !== undefined)
    return `${paint('yellow', '!', style)} ${title}\n${renderFault(fault, style)}`
  const next = checks.find(({ outcome }) => outcome === 'failed')?.title[style.language]
  const mark = next === undefined ? paint('green', '✓', style) : paint('red', '✗', style)
  const line = apart(`${mark} ${title}`, `${points}/${maximum}`)
  return next === undefined ? line : `${line}\n    ${words.next[style.language]}: ${next}`
}

/** That programs are not shut in here, and why. */
export function renderSandbox({ reason }: Report['sandbox'], style: Style): string {
  const said = {
    en: `Programs ran as plain processes, able to read what you can: ${reason}`,
    ja: `プログラムは隔離されず、あなたと同じ権限の通常のプロセスとして実行されました: ${reason}`,
  }
  return paint('dim', wrap(said[style.language], width), style)
}

const lessonTitle = ({ lesson }: Pick<Report, 'lesson'>): Text => ({
  en: `Lesson ${lesson.number} · ${lesson.title.en}`,
  ja: `第${lesson.number}課 · ${lesson.title.ja}`,
})

const width = 80

const words = {
  what: { en: 'what', ja: '結果' },
  why: { en: 'why', ja: '理由' },
  next: { en: 'next', ja: '次に' },
  try: { en: 'try', ja: '試す' },
  note: { en: 'note', ja: '注意' },
  notRun: { en: 'not run', ja: '未実行' },
  restsOn: { en: 'rests on', ja: '前提:' },
  skipped: { en: 'skipped: ', ja: 'スキップ: ' },
} satisfies Record<string, Text>

function renderSteps(steps: Step[], { language }: Style): string[] {
  const labels = steps.map(({ who, action }) => (who ? `${who} ` : '') + actions[action][language])
  const column = Math.max(...labels.map((label) => stringWidth(label)), 8) + 2
  return steps.map(({ detail }, index) => {
    const number = `${index + 1}.`.padStart(8)
    const label = labels[index]! + ' '.repeat(column - stringWidth(labels[index]!))
    return hang(`${number} ${label}`, detail?.[language] ?? '').trimEnd()
  })
}

function renderFailure(failure: NonNullable<Verdict['failure']>, style: Style): string[] {
  const { language } = style
  const lines = (['what', 'why', 'next'] as const).map((key) =>
    block(words[key][language], failure[key][language], style),
  )
  if (failure.try.length > 0) lines.push(block(words.try[language], failure.try.join('\n'), style))
  return lines
}

function renderFault(fault: string, style: Style): string {
  const said = {
    en: 'The grader itself failed. This is not your fault, and nothing was judged. Please report it with these lines:',
    ja: '採点プログラム自身の失敗です。あなたの誤りではなく、採点は行われていません。次の内容とともに報告してください:',
  }
  const lines = fault
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
  return [paint('yellow', wrap(said[style.language], width - 2), style), ...lines].join('\n')
}

/** `      what   text`, further lines under the text. */
function block(label: string, text: string, style: Style): string {
  return hang(`      ${paint('cyan', label, style)}${' '.repeat(7 - stringWidth(label))}`, text)
}

/** Text after a label, wrapped, its further lines indented to where it began. Indented lines are as they are meant. */
function hang(label: string, text: string): string {
  const indent = ' '.repeat(stringWidth(label))
  const lines = text.split('\n').flatMap((line) => {
    if (/^\s|^(expected|received|期待|受信) {2}/.test(line)) return [line]
    return wrap(line, width - indent.length).split('\n')
  })
  return label + lines.join(`\n${indent}`)
}

const wrap = (text: string, columns: number) => wrapAnsi(text, columns, { hard: true })

/** Two texts at the two ends of a line. */
function apart(left: string, right: string): string {
  return left + ' '.repeat(Math.max(2, width - stringWidth(left) - stringWidth(right))) + right
}

function paint(format: Parameters<typeof styleText>[0], text: string, { colour }: Style): string {
  return colour ? styleText(format, text, { validateStream: false }) : text
}
