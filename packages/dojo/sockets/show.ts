import { setTimeout as sleep } from 'node:timers/promises'
import { say } from '../language.ts'
import { wrap } from '../report/wrap.ts'
import { socketsOf } from './kernel.ts'
import { type Look, renderLooks } from './render.ts'
import { runningPrograms } from './running.ts'

/** How often the kernel is asked, in milliseconds. */
const every = 250

/** Shows the sockets of these programs as they are now. Returns whether one of them runs. */
export function showOnce(paths: string[], waiting: string, json: boolean): boolean {
  const looks = look(paths)
  if (json) console.log(JSON.stringify(looks))
  else if (looks.length > 0) console.log(renderLooks(looks, columns()).trimEnd())
  else console.error(waiting)
  return looks.length > 0
}

/** Shows the sockets of these programs whenever something changes, in place where this is a terminal. Never resolves. */
export async function showLive(paths: string[], waiting: string, json: boolean): Promise<never> {
  let shown = ''
  for (;;) {
    const looks = look(paths)
    const text = json ? JSON.stringify(looks) : screen(looks, waiting)
    if (text !== shown) {
      process.stdout.write(json || !process.stdout.isTTY ? `${text}\n` : inPlace(shown, text))
      shown = text
    }
    await sleep(every)
  }
}

function look(paths: string[]): Look[] {
  return runningPrograms(paths).map((program) => ({ ...program, sockets: socketsOf(program.pid) }))
}

/** As much as fits: a screen that scrolls cannot be written anew in place. */
function screen(looks: Look[], waiting: string): string {
  if (looks.length === 0) return wrap(waiting, columns())
  const lines = renderLooks(looks, columns()).trimEnd().split('\n')
  const room = process.stdout.isTTY ? process.stdout.rows - 2 : Infinity
  if (lines.length <= room) return lines.join('\n')
  const rest = lines.length - room + 1
  const more = say({ en: `… ${rest} more lines`, ja: `… ほか ${rest} 行` })
  return [...lines.slice(0, room - 1), more].join('\n')
}

/** CSI n F goes up n lines, CSI J clears from there on: ECMA-48. */
function inPlace(before: string, text: string): string {
  const up = before === '' ? '' : `\x1b[${before.split('\n').length}F\x1b[J`
  return `${up}${text}\n`
}

const columns = () => process.stdout.columns ?? Infinity
