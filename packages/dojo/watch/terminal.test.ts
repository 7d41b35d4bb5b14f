import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isInstalled } from '@socket-dojo/sandbox'
import stringWidth from 'fast-string-width'
import { describe, expect, test } from 'vitest'
import { checkout } from '../fixtures/checkout.ts'
import { openTerminal } from '../fixtures/terminal.ts'
import { root } from '../lessons.ts'

/** The loop in a real terminal, by what is on its screen. Needs tmux. */
describe.skipIf(!isInstalled('tmux'))('in a terminal (tmux)', { timeout: 480_000 }, () => {
  test('keys: hints, transcript, docs, reset, next lesson, quit', async () => {
    const place = checkout()
    const terminal = openTerminal(place)
    terminal.type(`${watch} 2`)
    await terminal.until(/q quit/)
    expect(lastLines(terminal.screen(), 20)).toMatch(
      /✗ hello-server listens[^]* what [^]* why [^]* next [^]*0 of 42 points/,
    )

    expect(terminal.screen()).not.toContain('judging')

    terminal.press('h')
    await terminal.until(/1\/3 /)
    terminal.press('h')
    await terminal.until(/2\/3 /)
    terminal.press('t')
    await terminal.until(/--seed \w+ repeats this run/)
    terminal.press('d')
    await terminal.until(/\/en\/lessons\/lesson-2-tcp-server\//)

    cpSync(
      join(root, 'solutions/lesson-2-tcp-server'),
      join(place, 'exercises/lesson-2-tcp-server'),
      {
        recursive: true,
      },
    )
    await terminal.until(/42 of 42 points[^]*Lesson 2 has passed[^]*q quit/)

    terminal.press('n')
    await terminal.until(/Lesson 3 · UDP[^]* of 66 points[^]*q quit/)
    terminal.press('n')
    await terminal.until(/Lesson 4 ·[^]* of 49 points[^]*q quit/)
    terminal.press('r')
    await terminal.until(/Back to the starter\?/)
    terminal.press('x') // Anything but y.
    terminal.press('r', 'y')
    await terminal.until(/This is the starter already/)

    terminal.press('q')
    await terminal.until(prompt)
    terminal.type('echo "status $?"; stty -a')
    await terminal.until(/status 1/)
    expect(terminal.screen()).toMatch(/ icanon[^]* echo /)
  })

  test('a reset keeps what was there, and is judged', async () => {
    const place = checkout()
    const exercise = join(place, 'exercises/lesson-2-tcp-server')
    cpSync(join(root, 'solutions/lesson-2-tcp-server'), exercise, { recursive: true })
    const terminal = openTerminal(place)
    terminal.type(`${watch} 2 --check echo-listens`)
    await terminal.until(/1 of 1 points[^]*q quit/)
    terminal.press('r', 'y')
    await terminal.until(/Your\s+files\s+are\s+in\s+exercises\/kept\/lesson-2[^]*0 of 1 points/)
    expect(readdirSync(join(place, 'exercises/kept'))).toHaveLength(1)
    expect(existsSync(join(exercise, 'echo.ts'))).toBe(true)
  })

  test('40 columns: no line is longer, NO_COLOR: no colour', async () => {
    const terminal = openTerminal(checkout(), { columns: 40, env: { NO_COLOR: '1' } })
    terminal.type(`clear; ${watch} 2`)
    await terminal.until(/q\s+quit/)
    terminal.press('h')
    await terminal.until(/1\/3 /)
    // Lines that the terminal had to break are joined here: -J.
    const lines = terminal.screen('-J').split('\n').slice(2)
    expect(lines.filter((line) => stringWidth(line.trimEnd()) > 40)).toEqual([])
    expect(terminal.screen('-e')).not.toContain('\u001B[')
  })

  test.for([
    ['at the start', /--watch 2\n/],
    ['in the middle of a run', /judging/],
    ['between runs', /q quit/],
  ] as const)('Ctrl-C %s: the terminal is as it was', async ([, moment]) => {
    const terminal = openTerminal(checkout())
    terminal.type(`${watch} 2`)
    await terminal.until(moment)
    terminal.press('C-c')
    await terminal.until(prompt)
    terminal.type('echo "status $?"; stty -a')
    await terminal.until(/status 130/)
    expect(terminal.screen()).toMatch(/ icanon[^]* echo /)
  })

  test('without a lesson it stands at the first that has not passed', async () => {
    const terminal = openTerminal(checkout())
    terminal.type(watch)
    await terminal.until(/Lesson 1 · [^]*q quit/)
  })
})

const watch = '"$NODE" packages/dojo/dojo.mjs test --watch'

/** The shell's, after all else: what is typed before it goes to the loop. */
const prompt = /\n[#$]\s*$/

const lastLines = (screen: string, count: number) =>
  screen.trimEnd().split('\n').slice(-count).join('\n')
