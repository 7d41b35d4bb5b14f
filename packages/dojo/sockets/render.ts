import stringWidth from 'fast-string-width'
import { say } from '../language.ts'
import type { SocketRow } from './kernel.ts'
import type { RunningProgram } from './running.ts'

/** A program with its sockets: what `--json` prints, one line for each look. */
export interface Look extends RunningProgram {
  sockets: SocketRow[]
}

/** The tables of all programs, each line no wider than the terminal. */
export function renderLooks(looks: Look[], columns: number): string {
  return looks
    .flatMap((look) => [`${look.file} · PID ${look.pid}`, '', ...rowsOf(look, columns), ''])
    .map((line) => cut(line, columns))
    .join('\n')
}

function rowsOf({ sockets }: Look, columns: number): string[] {
  if (sockets.length === 0) return [say({ en: 'no sockets', ja: 'ソケットはありません' })]
  const unnamed = sockets.filter(isUnnamed)
  const named = sockets.filter((row) => !isUnnamed(row))
  const fds = unnamed.map(({ fd }) => fd).join(', ')
  const others = say({
    en: `besides, unix sockets without a name, to its parent or its children: fd ${fds}`,
    ja: `ほかに、親や子のプロセスにつながる名前のない unix ソケット: fd ${fds}`,
  })
  const wide = table(named)
  const fits = wide.every((line) => stringWidth(line) <= columns)
  return [...(fits ? wide : named.flatMap(narrow)), ...(unnamed.length > 0 ? [others] : [])]
}

/** `start` has some by itself: how tsx watches over the program. */
const isUnnamed = ({ kind, local }: SocketRow) => kind === 'unix' && local === ''

function table(sockets: SocketRow[]): string[] {
  if (sockets.length === 0) return []
  const heading = ['fd', 'kind', 'local', 'remote', 'state', 'recv-q', 'send-q']
  const rows = [heading, ...sockets.map(cells)]
  const widths = heading.map((_, at) => Math.max(...rows.map((row) => stringWidth(row[at]!))))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  )
}

/** Where a table does not fit: two lines for each socket. */
function narrow({ fd, kind, local, remote, state, receiveQueue, sendQueue }: SocketRow): string[] {
  const queues = receiveQueue === null ? '' : ` recv-q ${receiveQueue} send-q ${sendQueue}`
  return [`${fd ?? '–'} ${kind} ${state}${queues}`, `  ${local} ${remote}`]
}

const cells = ({ fd, kind, local, remote, state, receiveQueue, sendQueue }: SocketRow) =>
  [fd, kind, local, remote, state, receiveQueue, sendQueue].map((cell) => String(cell ?? '–'))

function cut(line: string, columns: number): string {
  if (stringWidth(line) <= columns) return line
  const letters = Array.from(line)
  while (stringWidth(letters.join('')) > columns - 1) letters.pop()
  return `${letters.join('')}…`
}
