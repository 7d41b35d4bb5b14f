/** What one line of strace tells, after the halves of an interrupted call have been joined. */
export type Event = Call | End | Signal

/** A system call that has returned. */
export interface Call {
  kind: 'call'
  pid: number
  name: string
  /** As strace writes them, a descriptor with what it stands for: `22<TCP:[127.0.0.1:43211]>`. */
  args: string[]
  /** `22<TCP:[…]>`, `0`, `-1` */
  result: string
  /** Where it failed: its name and what it means, `EAGAIN`, `Resource temporarily unavailable`. */
  error?: { code: string; text: string }
}

/** A thread or a process has ended: its exit status, or the signal that ended it. */
export interface End {
  kind: 'end'
  pid: number
  by: number | string
}

export interface Signal {
  kind: 'signal'
  pid: number
  signal: string
}

/**
 * Reads the lines of `strace -f -yy -o`, one by one. A line that another thread has cut in two, `<unfinished ...>` and
 * `<... resumed>`, is an event when its second half has come. Other lines, strace's own messages, are none.
 */
export class Reader {
  readonly #unfinished = new Map<number, string>()

  read(line: string): Event | undefined {
    const [, number, text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    if (number === undefined) return undefined
    const pid = Number(number)
    const begun = /^(.*?)\s*<unfinished \.\.\.>$/.exec(text)?.[1]
    if (begun !== undefined && !text.startsWith('<...')) {
      this.#unfinished.set(pid, begun)
      return undefined
    }
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1]
    return parse(pid, rest === undefined ? text : `${this.#unfinished.get(pid) ?? ''}${rest}`)
  }
}

function parse(pid: number, text: string): Event | undefined {
  const by = /^\+\+\+ (?:exited with (\d+)|killed by (\w+)).* \+\+\+$/.exec(text)
  if (by) return { kind: 'end', pid, by: by[2] ?? Number(by[1]) }
  const signal = /^--- (SIG\w+) /.exec(text)?.[1]
  if (signal !== undefined) return { kind: 'signal', pid, signal }
  const name = /^(\w+)\(/.exec(text)?.[1]
  if (name === undefined) return undefined
  const { args, end } = splitArguments(text, name.length + 1)
  const [, result, code, meaning = ''] =
    /^\s*= (-?\w+(?:<.*>)?|\?)(?: (E\w+) \((.*)\))?/.exec(text.slice(end)) ?? []
  if (result === undefined) return undefined
  const call: Call = { kind: 'call', pid, name, args, result }
  return code === undefined ? call : { ...call, error: { code, text: meaning } }
}

/** Splits at the commas that are in no string, bracket or `<…>`, from an index to the closing parenthesis. */
function splitArguments(text: string, from: number): { args: string[]; end: number } {
  const args: string[] = []
  let [start, depth] = [from, 0]
  for (let at = from; at < text.length; at++) {
    const letter = text[at]!
    if (letter === '"') at = endOfString(text, at)
    else if ('([{<'.includes(letter)) depth++
    else if (depth > 0 && (')]}'.includes(letter) || isClosingAngle(text, at))) depth--
    else if (letter === ',' || letter === ')') {
      if (depth > 0) continue
      const arg = text.slice(start, at).trim()
      if (arg !== '') args.push(arg)
      if (letter === ')') return { args, end: at + 1 }
      start = at + 1
    }
  }
  return { args, end: text.length }
}

/** The `>` of `->`, between two addresses, and of `=>`, between a value before and after, closes nothing. */
const isClosingAngle = (text: string, at: number) =>
  text[at] === '>' && !'-='.includes(text[at - 1]!)

function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
