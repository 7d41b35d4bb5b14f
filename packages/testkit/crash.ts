import { same, type Text } from './text.ts'

/** The most lines of a program's output that a report shows. */
const shown = 6

/**
 * The end of what a program printed, for a report: Node's own frames left out, files of the submission by their
 * names alone, and port numbers that the grader knows of replaced, since they differ in every run.
 */
export function lastLines(
  output: string,
  directory: string,
  ports: Iterable<number>,
): Text | undefined {
  let text = output
    .replaceAll(`file://${directory}/submission/`, '')
    .replaceAll(`${directory}/submission/`, '')
  text = text.replaceAll(/\/proc\/\d+\/(fd(?:info)?\/\d+)?/g, (_, fd?: string) =>
    fd ? `/proc/<pid>/${fd.replace(/\d+/, '<fd>')}` : '/proc/<pid>/',
  )
  for (const port of ports) text = text.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), '<port>')
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !noise.some((pattern) => pattern.test(line)))
  if (lines.length === 0) return undefined
  return same(
    lines
      .slice(-shown)
      .map((line) => line.slice(0, 160))
      .join('\n'),
  )
}

/** What Node prints around an uncaught error that tells a learner nothing. */
const noise = [
  /^\s+at .*\((node:|.*\/course\/)/,
  /^\s+at (async )?(node:|.*\/course\/|file:.*\/course\/)/,
  /^node:(internal|events|net|dgram)/,
  /^Node\.js v/,
  /^\s+throw (er|err|new)\b/,
  /^Emitted 'error' event/,
  /^\s+const ex = new /,
  /^\s*(errno|syscall|address|port|code): /,
  /^\s*[\^}]+$/,
  /^\s+\[?(generatedMessage|Symbol\()/,
]

/** The name of something imported by a file of the submission that is not there, and that file. */
export function absentImport(output: string): { name: string; file: string } | undefined {
  const match =
    /Cannot find (?:package|module) '([^']+)' imported from \S*\/submission\/(\S+)/.exec(output)
  if (!match) return undefined
  const [, wanted = '', file = ''] = match
  return { name: wanted.replace(/^.*\/submission\//, './'), file }
}
