import { styleText } from 'node:util'
import type { Language, Text } from '@socket-dojo/testkit/text'
import { actions, type Step } from '@socket-dojo/testkit/transcript'
import stringWidth from 'fast-string-width'
import type { Judged, Report } from './report.ts'
import { visible } from './visible.ts'
import { wrap } from './wrap.ts'

/** How a report is written. */
export interface Style {
  language: Language
  /** Colours are never the only sign. */
  colour: boolean
  /** A failed check in a line too. */
  brief?: boolean
  /** The most columns that a line may take. Default: 80. */
  columns?: number
}

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
  return apart(paint('bold', title, style), paint('dim', report.submission, style), style)
}

/** One of the checks so far: a line, and where it failed its story. */
export function renderVerdict(checks: Judged[], index: number, style: Style): string {
  const { title, points, outcome, stretch, measured, steps, failure, reason, because } =
    checks[index]!
  const name = title[style.language]
  switch (outcome) {
    case 'passed':
      if (stretch)
        return `  ${paint('green', '★', style)} ${name}\n${hang('      ', measured![style.language], style)}`
      return apart(`  ${paint('green', '✓', style)} ${name}`, `${points}/${points}`, style)
    case 'skipped':
      return paint(
        'dim',
        hang(`  – ${name}\n      `, words.skipped[style.language] + reason![style.language], style),
        style,
      )
    case 'not run': {
      const line = apart(`  – ${name}`, words.notRun[style.language], style)
      // Said once for all that follow from the same failure.
      const said = checks[index - 1]?.because === because
      const base = checks.find(({ id }) => id === because)?.title[style.language]
      return paint(
        'dim',
        said
          ? line
          : `${line}\n${narrow('      ', `${words.restsOn[style.language]} "${base}"`, style)}`,
        style,
      )
    }
    case 'failed': {
      const heading = stretch
        ? `  ☆ ${name}`
        : apart(`  ${paint('red', '✗', style)} ${paint('bold', name, style)}`, `0/${points}`, style)
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
  const line = `${paint('bold', sum, style)}${rest ?? ''}`
  return narrow('  ', line, style)
}

/** How to run it again with the same random values. */
export function renderSeed({ lesson, seed }: Report, style: Style): string {
  const command = `pnpm test lesson-${lesson.number} --seed ${seed}`
  const said = {
    en: `${command} repeats this run`,
    ja: `${command} で同じシードを使って再実行できます`,
  }
  return paint('dim', narrow('  ', said[style.language], style), style)
}

/** How to have the first failure judged alone, and where help is, for whoever is stuck. */
export function renderHelp({ lesson, checks }: Report, style: Style): string {
  const place = `lesson-${lesson.number}`
  const failed = checks.find(({ outcome, stretch }) => outcome === 'failed' && !stretch)
  const alone = `pnpm test ${place} --check ${failed?.id}`
  const said = [
    {
      en: `${alone} judges the first failure alone`,
      ja: `${alone} で最初の失敗だけを採点できます`,
    },
    {
      en: `pnpm dojo hint ${place} helps with the first failure`,
      ja: `pnpm dojo hint ${place} で最初の失敗のヒントが見られます`,
    },
  ]
  return said
    .slice(failed && checks.length > 1 ? 0 : 1)
    .map((line) => paint('dim', narrow('  ', line[style.language], style), style))
    .join('\n')
}

/** What the grader did and saw in one check, whatever came of it. */
export function renderStory(checks: Judged[], index: number, style: Style): string {
  const { outcome, steps } = checks[index]!
  const story =
    outcome === 'failed' || steps.length === 0 ? [] : ['', ...renderSteps(steps, style), '']
  return [renderVerdict(checks, index, style), ...story].join('\n')
}

/** The hints for a check, up to a level; `from` leaves out those before it. */
export function renderHints(
  check: string,
  hints: Text[],
  level: number,
  style: Style,
  from = 1,
): string {
  const heading = hang(`  ${paint('yellow', '?', style)} `, paint('bold', check, style), style)
  const said = hints
    .map((hint, index) => block(`${index + 1}/${hints.length}`, hint[style.language], style))
    .slice(from - 1, level)
  return [heading, '', ...said].join('\n')
}

/** A note: said, and worth no points. */
export function renderNote(note: Text, style: Style): string {
  return block(words.note[style.language], visible(note[style.language]), style)
}

/** A lesson in one line: `✗ Lesson 2 · TCP server and client   26/43`, and what is next. */
export function renderLine(report: Report, style: Style): string {
  const { points, maximum, checks, fault } = report
  const title = lessonTitle(report)[style.language]
  if (fault !== undefined)
    return `${paint('yellow', '!', style)} ${title}\n${renderFault(fault, style)}`
  const next = checks.find(({ outcome }) => outcome === 'failed')?.title[style.language]
  const mark = next === undefined ? paint('green', '✓', style) : paint('red', '✗', style)
  const line = apart(`${mark} ${title}`, `${points}/${maximum}`, style)
  return next === undefined
    ? line
    : `${line}\n${narrow('    ', `${words.next[style.language]}: ${next}`, style)}`
}

/** A lesson in one line, by what is known of it without judging: undefined where it was never judged. */
export function renderStanding(
  lesson: Report['lesson'],
  known: Pick<Report, 'points' | 'maximum'> | undefined,
  style: Style,
): string {
  const title = lessonTitle({ lesson })[style.language]
  if (!known) return paint('dim', apart(`– ${title}`, words.notBegun[style.language], style), style)
  const mark =
    known.points === known.maximum ? paint('green', '✓', style) : paint('red', '✗', style)
  return apart(`${mark} ${title}`, `${known.points}/${known.maximum}`, style)
}

/** That programs are not shut in here, and why. */
export function renderSandbox({ reason }: Report['sandbox'], style: Style): string {
  const said = {
    en: `Programs ran as plain processes, able to read what you can: ${reason}`,
    ja: `プログラムは隔離されず、あなたと同じ権限の通常のプロセスとして実行されました: ${reason}`,
  }
  return paint('dim', wrap(said[style.language], columnsIn(style)), style)
}

const lessonTitle = ({ lesson }: Pick<Report, 'lesson'>): Text => ({
  en: `Lesson ${lesson.number} · ${lesson.title.en}`,
  ja: `第 ${lesson.number} 課 · ${lesson.title.ja}`,
})

const columnsIn = ({ columns = 80 }: Style) => columns

const words = {
  what: { en: 'what', ja: '結果' },
  why: { en: 'why', ja: '理由' },
  next: { en: 'next', ja: '次に' },
  try: { en: 'try', ja: '試す' },
  note: { en: 'note', ja: '注意' },
  otherTerminal: { en: '# in another terminal:', ja: '# 別の端末で:' },
  notBegun: { en: 'not begun', ja: '未着手' },
  notRun: { en: 'not run', ja: '未実行' },
  restsOn: { en: 'rests on', ja: '前提:' },
  skipped: { en: 'skipped: ', ja: 'スキップ: ' },
} satisfies Record<string, Text>

function renderSteps(steps: Step[], style: Style): string[] {
  const { language } = style
  const labels = steps.map(({ who, action }) => (who ? `${who} ` : '') + actions[action][language])
  const column = Math.max(...labels.map((label) => stringWidth(label)), 8) + 2
  return steps.map(({ detail }, index) => {
    const number = `${index + 1}.`.padStart(8)
    const label = labels[index]! + ' '.repeat(column - stringWidth(labels[index]!))
    return hang(`${number} ${label}`, visible(detail?.[language] ?? ''), style).trimEnd()
  })
}

function renderFailure(failure: NonNullable<Judged['failure']>, style: Style): string[] {
  const { language } = style
  const lines = (['what', 'why', 'next'] as const).map((key) =>
    block(words[key][language], visible(failure[key][language]), style),
  )
  if (failure.try.length > 0) lines.push(commands(inTheirTerminals(failure.try, style), style))
  return lines
}

/** Commands, with a word between one that stays and the next, which it would leave no terminal for. */
function inTheirTerminals(lines: string[], { language }: Style): string[] {
  return lines.flatMap((line, index) => {
    const shown = visible(line)
    const isLast = index === lines.length - 1
    return isLast || !staying.test(line) ? [shown] : [shown, words.otherTerminal[language]]
  })
}
const staying = /^(pnpm dojo start|nc .*-l|socat .*listen)\b.*[^&]$/i

/** Commands are as they are, however long: whoever copies one from the screen gets it whole. */
function commands(lines: string[], style: Style): string {
  const label = words.try[style.language]
  return `      ${paint('cyan', label, style)}${' '.repeat(7 - stringWidth(label))}${lines.join(`\n${' '.repeat(13)}`)}`
}

function renderFault(fault: string, style: Style): string {
  const said = {
    en: 'The grader itself failed. This is not your fault, and nothing was judged. Please report it with these lines:',
    ja: '採点プログラム自身の失敗です。あなたの誤りではなく、採点は行われていません。次の内容とともに報告してください:',
  }
  const lines = visible(fault)
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
  return [paint('yellow', wrap(said[style.language], columnsIn(style) - 2), style), ...lines].join(
    '\n',
  )
}

/** `      what   text`, further lines under the text. */
function block(label: string, text: string, style: Style): string {
  return hang(
    `      ${paint('cyan', label, style)}${' '.repeat(7 - stringWidth(label))}`,
    text,
    style,
  )
}

/** Text after a label, wrapped, its further lines indented to where it began. Indented lines are as they are meant. */
export function hang(label: string, text: string, style: Style): string {
  const indent = ' '.repeat(stringWidth(label))
  const lines = text.split('\n').flatMap((line) => {
    if (/^\s|^(expected|received|期待|受信) {2}/.test(line)) return [line]
    return wrap(line, Math.max(20, columnsIn(style) - indent.length)).split('\n')
  })
  return label + lines.join(`\n${indent}`)
}

/** A line of its own, wrapped only where 80 columns are not to be had: a title that is a little longer stays one line. */
function narrow(indent: string, text: string, style: Style): string {
  return columnsIn(style) === 80 ? indent + text : hang(indent, text, style)
}

/** Two texts at the two ends of a line; in a narrow terminal the left one takes several, the right one ends the first. */
function apart(left: string, right: string, style: Style): string {
  const columns = columnsIn(style)
  const room = columns - stringWidth(right) - 2
  if (columns === 80 || stringWidth(left) <= room) return spread(left, right, columns)
  if (room < columns / 2) return `${wrap(left, columns)}\n${wrap(right, columns)}`
  const [first, ...rest] = wrap(left, room - 2).split('\n')
  return [spread(first!, right, columns), ...rest.map((line) => `    ${line}`)].join('\n')
}

const spread = (left: string, right: string, columns: number) =>
  left + ' '.repeat(Math.max(2, columns - stringWidth(left) - stringWidth(right))) + right

export function paint(
  format: Parameters<typeof styleText>[0],
  text: string,
  { colour }: Style,
): string {
  return colour ? styleText(format, text, { validateStream: false }) : text
}
