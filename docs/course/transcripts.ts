import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@socket-dojo/dojo/lessons'

/** A fenced block of `console` on a page. */
export interface Transcript {
  page: string
  /** The line of the page on which it begins. */
  line: number
  turns: Turn[]
}

/** Something that one of the two terminals does: a command is typed, or its program prints more. */
export interface Turn {
  terminal: 1 | 2
  /** What is typed; undefined where more is printed by what was typed before. */
  command?: string
  /** What is printed then. */
  output: string
}

/** All transcripts of the site. */
export function transcripts(): Transcript[] {
  return globSync('docs/src/content/docs/**/*.{md,mdx}', { cwd: root })
    .toSorted()
    .flatMap((page) => {
      const text = readFileSync(join(root, page), 'utf8')
      return [...text.matchAll(/^```console.*\n([\s\S]*?)^```/gm)].map((block) => ({
        page,
        line: text.slice(0, block.index).split('\n').length,
        turns: turns(block[1]!),
      }))
    })
}

/** `$ ` and `2$ ` begin a command of the first and the second terminal; `1> ` and `2> ` what is printed there later. */
function turns(block: string): Turn[] {
  const found: Turn[] = []
  for (const line of block.trimEnd().split('\n')) {
    const [, typedIn, command] = /^(2?)\$ (.*)$/.exec(line) ?? []
    const [, printedIn, printed] = /^([12])> ?(.*)$/.exec(line) ?? []
    const last = found.at(-1)
    if (command !== undefined) found.push({ terminal: typedIn ? 2 : 1, command, output: '' })
    else if (printed !== undefined) {
      const terminal = Number(printedIn) as 1 | 2
      if (last?.terminal === terminal && last.command === undefined) last.output += `${printed}\n`
      else found.push({ terminal, output: `${printed}\n` })
    } else if (last) last.output += `${line}\n`
    else throw new Error(`Expected a transcript to begin with "$ ", found "${line}"`)
  }
  return found
}
