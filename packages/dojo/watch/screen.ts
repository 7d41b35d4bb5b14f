import { createLogUpdate } from 'log-update'

/** Where the loop writes: lines that stay and, in a terminal, a live part below them. Nothing is ever cleared. */
export interface Screen {
  /** Whether there is a live part. */
  interactive: boolean
  /** Writes what stays. */
  print: (text: string) => void
  /** Replaces the live part. What is higher than the terminal shows its end. */
  live: (text: string) => void
}

/** @param interactive whether it is a terminal with somebody at its keys. */
export function openScreen(interactive: boolean): Screen {
  if (!interactive) return { interactive, print: (text) => console.log(text), live: () => {} }
  const update = createLogUpdate(process.stdout, { showCursor: true })
  let shown = ''
  const live = (text: string) => {
    shown = text
    if (text === '') update.clear()
    else update(text)
  }
  process.stdout.on('resize', () => live(shown))
  return {
    interactive,
    print: (text) => {
      update.persist(`${text}\n`)
      live(shown)
    },
    live,
  }
}
