import { language } from '../language.ts'
import type { Style } from './text.ts'

/** How to write on this terminal, or into this pipe: in its width, at most 80 columns, and in colour where that is wanted. */
export const terminalStyle = (): Style => ({
  language,
  colour: process.stdout.isTTY && !process.env.NO_COLOR,
  columns: Math.min(process.stdout.columns || 80, 80),
})
