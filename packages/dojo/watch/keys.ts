import { emitKeypressEvents, type Key } from 'node:readline'

/**
 * Reads single keys from the terminal until it is told to stop. Node gives the terminal back as it was when the process
 * exits, however it does.
 * @param press gets the letter, or `return`; Ctrl-C and Ctrl-D come as `interrupt`.
 */
export function readKeys(press: (key: string) => void): () => void {
  const listen = (_: string | undefined, { name = '', ctrl }: Key) => {
    if (!ctrl) press(name)
    else if (name === 'c' || name === 'd') press('interrupt')
    else if (name === 'z') suspend()
  }
  emitKeypressEvents(process.stdin)
  process.stdin.setRawMode(true).on('keypress', listen)
  return () => {
    process.stdin.setRawMode(false).off('keypress', listen).pause()
  }
}

/** What the terminal itself does for Ctrl-Z otherwise. */
function suspend(): void {
  process.stdin.setRawMode(false)
  process.once('SIGCONT', () => process.stdin.setRawMode(true))
  process.kill(0, 'SIGTSTP')
}
