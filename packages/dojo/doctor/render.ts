import { styleText } from 'node:util'
import stringWidth from 'fast-string-width'
import { say } from '../language.ts'
import { wrap } from '../report/wrap.ts'
import type { Finding } from './findings.ts'
import { installCommand } from './install.ts'

/** All findings, a line each where the terminal is wide enough, and what installs all that is missing. */
export function renderFindings(findings: Finding[], columns: number): string {
  const width = Math.max(...findings.map(({ name }) => stringWidth(say(name))))
  const lines = findings.map((finding) => renderFinding(finding, width, columns))
  const tools = findings.filter(({ has }) => !has).flatMap(({ tools: wanted = [] }) => wanted)
  const advice = say({
    en: 'To install what is missing:',
    ja: '足りないものをインストールするには:',
  })
  const rest = tools.length === 0 ? [] : [advice, `  ${installCommand(tools)}`]
  return [...lines, '', verdict(findings), ...rest].join('\n')
}

function renderFinding(
  { name, has, needed, purpose, detail }: Finding,
  width: number,
  columns: number,
) {
  const mark = has
    ? styleText('green', '✓')
    : styleText(needed ? 'red' : 'yellow', needed ? '✗' : '–')
  const title = say(name) + ' '.repeat(width - stringWidth(say(name)))
  const said = has
    ? say(purpose)
    : `${missing(needed)} ${say(purpose)}${detail ? ` (${say(detail)})` : ''}`
  const indent = ' '.repeat(columns >= 60 ? width + 6 : 4)
  const body = wrap(said, Math.max(20, columns - indent.length))
  const gap = columns >= 60 ? '  ' : `\n${indent}`
  return `  ${mark} ${title}${gap}${body.replaceAll('\n', `\n${indent}`)}`
}

const missing = (needed: boolean) =>
  needed
    ? say({ en: 'MISSING, needed:', ja: '不足（必須）:' })
    : say({ en: 'missing:', ja: '不足:' })

function verdict(findings: Finding[]): string {
  if (findings.some(({ has, needed }) => needed && !has)) {
    return say({
      en: 'The course cannot run here yet.',
      ja: 'このままではコースを動かせません。',
    })
  }
  if (findings.every(({ has }) => has)) {
    return say({ en: 'Everything is there.', ja: 'すべてそろっています。' })
  }
  return say({
    en: 'All that is needed is there; what is missing would make it better.',
    ja: '必要なものはそろっています。不足しているものもあるとさらに便利です。',
  })
}
