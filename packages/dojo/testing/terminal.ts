import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { root } from '../lessons.ts'

const main = join(import.meta.dirname, '../dojo.mjs')

/** A real terminal, by tmux(1): a shell at the root of the course, in which a test types and reads the screen. */
export class Terminal {
  readonly #server = `dojo-test-${randomUUID()}`

  constructor({ columns = 100, rows = 30 } = {}) {
    const size = ['-x', String(columns), '-y', String(rows)]
    const shell = ['env', 'LANG=C.UTF-8', 'PS1=ready$ ', 'bash', '--norc', '--noprofile']
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', root, shell.join(' '))
    onTestFinished(() => void this.#tmux('kill-server'))
  }

  /** Types a command of the course, once the shell is ready for it. */
  async dojo(words: string): Promise<void> {
    await this.prompt()
    this.type(`${process.execPath} ${main} ${words}`)
    this.press('Enter')
  }

  type(text: string): void {
    this.#tmux('send-keys', '-l', text)
  }

  /** A key by its name in tmux: `Enter`, `C-c`. */
  press(key: string): void {
    this.#tmux('send-keys', key)
  }

  /** What is on the screen now. */
  get screen(): string {
    return this.#tmux('capture-pane', '-p').trimEnd()
  }

  /** Waits until the screen shows something. */
  async shows(pattern: RegExp): Promise<void> {
    await vi.waitFor(() => expect(this.screen).toMatch(pattern), { timeout: 60_000, interval: 100 })
  }

  /** Waits until the shell waits for the next command. */
  prompt(): Promise<void> {
    return this.shows(/ready\$$/)
  }

  #tmux(...words: string[]): string {
    return execFileSync('tmux', ['-L', this.#server, ...words], { encoding: 'utf8' })
  }
}
