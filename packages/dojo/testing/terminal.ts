import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { onTestFinished, vi } from 'vitest'
import { root } from '../lessons.ts'

interface TerminalOptions {
  columns?: number
  rows?: number
  /** A checkout of the course. Default: this one. */
  folder?: string
  env?: Record<string, string>
}

/** A real terminal, by tmux(1): a shell at the root of the course, in which a test types and reads the screen. */
export class Terminal {
  readonly #server = `dojo-test-${randomUUID()}`

  constructor({ columns = 100, rows = 30, folder = root, env = {} }: TerminalOptions = {}) {
    const size = ['-x', String(columns), '-y', String(rows)]
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
    const shell = [
      'env',
      'LANG=C.UTF-8',
      ...variables,
      'PS1=ready$ ',
      'bash',
      '--norc',
      '--noprofile',
    ]
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, shell.join(' '))
    onTestFinished(() => void this.#tmux('kill-server'))
  }

  /** Types a command of the course, once the shell is ready for it. */
  async dojo(words: string): Promise<void> {
    await this.prompt()
    this.type(`${process.execPath} packages/dojo/dojo.mjs ${words}`)
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

  /** The same with all that has left it at the top, line by line as it was printed. */
  get history(): string {
    return this.#tmux('capture-pane', '-p', '-J', '-S', '-')
  }

  /** Whether the screen has colours or other attributes. */
  get isPlain(): boolean {
    return !this.#tmux('capture-pane', '-p', '-e').includes('\u001B[')
  }

  /** Waits until the screen shows something. */
  shows(pattern: RegExp): Promise<void> {
    return until(() => this.screen, pattern)
  }

  /** Waits until something has been on the screen. */
  showed(pattern: RegExp): Promise<void> {
    return until(() => this.history, pattern)
  }

  /** Waits until the shell waits for the next command. */
  prompt(): Promise<void> {
    return this.shows(/ready\$$/)
  }

  #tmux(...words: string[]): string {
    return execFileSync('tmux', ['-L', this.#server, ...words], { encoding: 'utf8' })
  }
}

function until(look: () => string, pattern: RegExp): Promise<void> {
  const matches = () => {
    const text = look()
    if (!pattern.test(text)) throw new Error(`Expected ${pattern}, found:\n${text}`)
  }
  return vi.waitFor(matches, { timeout: 120_000, interval: 100 })
}
