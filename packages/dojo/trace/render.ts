import { styleText } from 'node:util'
import stringWidth from 'fast-string-width'
import { say } from '../language.ts'
import { wrap } from '../report/wrap.ts'
import type { Line } from './story.ts'

/** A line of the story as it is printed: the call with its result, and beside it, or below where that is narrow, what it means. */
export function renderLine({ child, code, result, meaning }: Line, columns: number): string {
  const who = child === undefined ? '' : `[${child}] `
  const call = `${who}${code}${result === undefined ? '' : ` = ${result}`}`
  if (!meaning) return call
  const failed = result?.startsWith('-1') ?? false
  const left = failed ? styleText('red', call) : call
  const column = columns >= 100 ? 48 : 36
  const beside = columns >= 80 && stringWidth(call) <= column - 2
  const indent = beside ? column : 4
  const wrapped = wrap(say(meaning), Math.max(20, columns - indent))
  const right = styleText('dim', wrapped.replaceAll('\n', `\n${' '.repeat(indent)}`))
  const gap = beside ? ' '.repeat(column - stringWidth(call)) : `\n${' '.repeat(indent)}`
  return `${left}${gap}${right}`
}
