import { isIPv6 } from 'node:net'
import { type Explain, type Kit, join, same, type Text } from '@socket-dojo/testkit'

export const file = 'net-table.ts'
export const run = 'pnpm dojo start lesson-4 net-table'

/** What a row has to be before its values are looked at. */
export interface Row {
  proto: string
  local: string
  remote: string
  state: string
  rxq: number
  txq: number
  inode: number
  pid: number | undefined
  fd: number | undefined
}

/** What the exported netTable() returns, if that is a list of rows. */
export async function table(kit: Kit, proc: string, explain?: Explain): Promise<Row[]> {
  const module = await kit.shared.module(file)
  return rowsOf(kit, await module.ask('netTable', [proc], explain))
}

/** A value as rows; addresses in one notation. */
export function rowsOf(kit: Kit, value: unknown): Row[] {
  if (!Array.isArray(value)) {
    return kit.fail({
      en: 'netTable() did not return an array',
      ja: 'netTable() が配列を返しませんでした',
    })
  }
  return value.map((row: unknown) => {
    const wrong = wrongField(row)
    if (wrong !== undefined) {
      kit.fail(
        {
          en: `a row of netTable() has no right ${wrong}: ${shown(row, wrong)}`,
          ja: `netTable() の行の ${wrong} が正しくありません: ${shown(row, wrong)}`,
        },
        {
          next: {
            en: 'compare your rows with the type Row of the starter',
            ja: '行をスターターの型 Row と比べてください',
          },
        },
      )
    }
    const { local, remote, pid, fd, ...rest } = row as Row
    return {
      ...rest,
      local: normal(local),
      remote: normal(remote),
      pid: pid ?? undefined,
      fd: fd ?? undefined,
    }
  })
}

/** `[0:0:0:0:0:0:0:1]:80` and `[::1]:80` are the same. What is no address stays as it is. */
export function normal(endpoint: string): string {
  const [, address = '', port = ''] = /^\[(.*)\]:(\d+)$/.exec(endpoint) ?? []
  return isIPv6(address) ? `${new URL(`http://[${address}]`).hostname}:${port}` : endpoint
}

/** A sentence about a line of the kernel, with the line above it. */
export const ofLine = (line: string, text: Text): Text =>
  join(
    [
      { en: 'of the line', ja: '次の行について' },
      same(`  ${line.trim().replace(/ \d\d:[\dA-F]{8} 0{8} +\d+ +\d+ (\d+) .*/, ' … $1 …')}`),
      text,
    ],
    '\n',
  )

function wrongField(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return 'field'
  const fields = row as Record<string, unknown>
  const isOptionalNumber = (value: unknown) =>
    value === undefined || value === null || typeof value === 'number'
  return (
    ['proto', 'local', 'remote', 'state'].find((name) => typeof fields[name] !== 'string') ??
    ['rxq', 'txq', 'inode'].find((name) => typeof fields[name] !== 'number') ??
    ['pid', 'fd'].find((name) => !isOptionalNumber(fields[name]))
  )
}

const shown = (row: unknown, field: string) => {
  const value = (row as Record<string, unknown> | null)?.[field]
  return value === undefined ? 'undefined' : `${JSON.stringify(value)} (${typeof value})`
}
