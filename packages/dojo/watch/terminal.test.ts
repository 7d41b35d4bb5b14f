import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import stringWidth from 'fast-string-width'
import { describe, expect, test } from 'vitest'
import { root } from '../lessons.ts'
import { checkout } from '../testing/checkout.ts'
import { lacks } from '../testing/dojo.ts'
import { Terminal } from '../testing/terminal.ts'

const lesson = 'lesson-2-tcp-server'
const idle = /q\s+quit\s*$/

/** The loop in a real terminal, by what is on its screen. */
describe.skipIf(lacks('tmux'))('in a terminal (tmux)', { timeout: 480_000 }, () => {
  test('keys: hints, transcript, docs, next lesson, reset, quit', async () => {
    const folder = checkout()
    const terminal = new Terminal({ folder, columns: 80 })
    await terminal.dojo('test 2 --watch')
    await terminal.showed(idle)
    // The failure that is told in full is the last thing, whatever the number of checks.
    expect(terminal.screen).toMatch(
      /✗ hello-server listens[^]* what [^]* why [^]* next [^]*0 of 43 points/,
    )
    expect(terminal.history).not.toContain('judging')

    terminal.press('h')
    await terminal.showed(/1\/3 /)
    terminal.press('h')
    await terminal.showed(/2\/3 /)
    terminal.press('h')
    await terminal.showed(/3\/3 /)
    terminal.press('h')
    await terminal.showed(/the last hint/)
    terminal.press('t')
    await terminal.showed(/--seed \w+ repeats this run/)
    terminal.press('d')
    await terminal.showed(/\/en\/lessons\/lesson-2-tcp-server\//)

    solve(folder)
    await terminal.showed(/43 of 43 points[^]*Lesson 2 has passed[^]*q quit\s*$/)

    terminal.press('n')
    await terminal.showed(/Lesson 3 · UDP[^]* of 66 points[^]*q quit\s*$/)
    terminal.press('n')
    await terminal.showed(/Lesson 4 ·[^]* of 49 points[^]*q quit\s*$/)
    terminal.press('r')
    await terminal.showed(/Back to the starter\?/)
    terminal.press('n') // Anything but y.
    await terminal.showed(/Nothing was changed/)
    terminal.press('p')
    await terminal.showed(
      /Lesson 3 · UDP[^]*Lesson 4 ·[^]*Lesson 3 · UDP[^]* of 66 points[^]*q quit\s*$/,
    )
    terminal.press('n')
    await terminal.showed(/Nothing was changed[^]*Lesson 4 ·[^]* of 49 points[^]*q quit\s*$/)
    terminal.press('r')
    terminal.press('y')
    await terminal.showed(/This is the starter already/)

    terminal.press('q')
    await expectShell(terminal, 1)
  })

  test('a reset keeps what was there, and is judged', async () => {
    const folder = checkout()
    solve(folder)
    const terminal = new Terminal({ folder, columns: 80 })
    await terminal.dojo('test 2 --watch --check echo-listens')
    await terminal.showed(/1 of 1 points[^]*q quit/)
    terminal.press('r')
    terminal.press('y')
    await terminal.showed(/Your\s+files\s+are\s+in\s+exercises\/kept\/lesson-2[^]*0 of 1 points/)
    expect(readdirSync(join(folder, 'exercises/kept'))).toHaveLength(1)
    expect(existsSync(join(folder, 'exercises', lesson, 'echo.ts'))).toBe(true)
  })

  test('40 columns: no line is longer, NO_COLOR: no colour', async () => {
    const env = { NO_COLOR: '1' }
    const terminal = new Terminal({ folder: checkout(), columns: 40, rows: 60, env })
    await terminal.dojo('test 2 --watch')
    await terminal.showed(idle)
    terminal.press('h')
    await terminal.showed(/1\/3 /)
    const printed = terminal.history.slice(terminal.history.indexOf('Lesson 2'))
    const lines = printed.split('\n').map((line) => line.trimEnd())
    expect(lines.filter((line) => stringWidth(line) > 40)).toEqual([])
    expect(terminal.isPlain).toBe(true)
  })

  test.for([
    ['at the start', /--watch\n/],
    ['in the middle of a run', /judging/],
    ['between runs', idle],
  ] as const)('Ctrl-C %s: the terminal is as it was', async ([, moment]) => {
    const terminal = new Terminal({ folder: checkout() })
    await terminal.dojo('test 2 --watch')
    await terminal.showed(moment)
    terminal.press('C-c')
    await expectShell(terminal, 130)
  })

  test('without a lesson it stands at the first that has not passed', async () => {
    const terminal = new Terminal({ folder: checkout() })
    await terminal.dojo('test --watch')
    await terminal.showed(/Lesson 1 · /)
  })
})

function solve(folder: string): void {
  const exercise = join(folder, 'exercises', lesson)
  cpSync(join(root, 'solutions', lesson), exercise, { recursive: true })
}

/** The loop has ended, and the terminal takes lines and shows what is typed, as before. */
async function expectShell(terminal: Terminal, status: number): Promise<void> {
  await terminal.prompt()
  terminal.type('echo "status $?"; stty -a')
  terminal.press('Enter')
  await terminal.showed(new RegExp(`status ${status}\\n`))
  await terminal.showed(/ icanon[^]* echo /)
}
