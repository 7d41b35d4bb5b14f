import type { Text } from '@socket-dojo/testkit/text'
import { errors } from './errors.ts'
import type { Call, Event } from './event.ts'
import { descriptorIn, descriptorPair } from './values.ts'
import { words } from './words.ts'

/** One line of the story. */
export interface Line {
  /** Of which child process it tells; undefined for the program itself. */
  child?: number
  /** `bind(22, 127.0.0.1:43211)` */
  code: string
  /** `0`, `22`, `-1 EADDRINUSE`; undefined for what is no call. */
  result?: string
  meaning?: Text
}

/**
 * The story of a program's sockets and pipes, of the events of strace. It begins when Node reads the program; what Node
 * does for itself is left out, before that and afterwards: the descriptors that it opened earlier, calls that only find
 * out that nothing has come (EAGAIN), the pipe by which a child tells that it could not start, the flags of descriptors.
 */
export class Story {
  readonly #path: string
  readonly #tell: (line: Line) => void
  /** Thread by thread, the program and not its children. */
  readonly #threads = new Set<number>()
  /** The program's descriptors that the story tells of. */
  readonly #open = new Set<number>()
  /** A pipe that may turn out to be Node's own. */
  #pipe: Call | undefined
  readonly #notFound = new Map<number, Call>()
  #main: number | undefined

  /** @param path the file of the program, absolute. */
  constructor(path: string, tell: (line: Line) => void) {
    this.#path = path
    this.#tell = tell
  }

  read(event: Event): void {
    if (event.kind === 'call' && isThread(event)) this.#threads.add(Number(event.result))
    if (this.#main === undefined) this.#begin(event)
    else if (event.pid === this.#main) this.#ofMain(event)
    else if (this.#threads.has(event.pid)) this.#ofThread(event)
    else this.#ofChild(event)
  }

  #begin(event: Event): void {
    if (event.kind !== 'call' || event.name !== 'openat' || event.error) return
    if (event.args[1] === JSON.stringify(this.#path)) this.#main = event.pid
  }

  #ofMain(event: Event): void {
    if (event.kind === 'end') return this.#tell(ended(event.by))
    if (event.kind === 'signal') return
    const pipe = this.#pipe
    this.#pipe = undefined
    if (pipe && !forks.has(event.name)) this.#take(pipe)
    if (event.name === 'pipe2' && !event.error) this.#pipe = event
    else if (forks.has(event.name)) this.#say(event)
    else this.#take(event)
  }

  /** Threads of Node's pool read and write files, and look names up with sockets of their own: those are not told. */
  #ofThread(event: Event): void {
    if (event.kind === 'call' && !makers.has(event.name)) this.#take(event)
  }

  /** Until it is another program, a child sets its descriptors up; afterwards only its end is told. */
  #ofChild(event: Event): void {
    if (event.kind === 'end') {
      const missing = this.#notFound.get(event.pid)
      if (missing) this.#say(missing, event.pid)
      return this.#tell({ child: event.pid, ...ended(event.by) })
    }
    if (event.kind !== 'call') return
    if (event.name === 'execve' && event.error) this.#notFound.set(event.pid, event)
    else if (event.name === 'execve') {
      this.#notFound.delete(event.pid)
      this.#say(event, event.pid)
    } else if (/^dup[23]$/.test(event.name) && isStdio(event.args[1])) this.#say(event, event.pid)
  }

  #take(call: Call): void {
    if (makers.has(call.name)) {
      for (const fd of madeBy(call)) this.#open.add(fd)
      if (!isQuiet(call)) this.#say(call)
      return
    }
    const fd = descriptorIn(call.args[0])
    if (!fd || !this.#open.has(fd.fd) || isQuiet(call)) return
    if (call.name === 'close') this.#open.delete(fd.fd)
    for (const copy of copiedBy(call)) this.#open.add(copy)
    this.#say(call)
  }

  #say(call: Call, child?: number): void {
    const told = words[call.name]?.(call)
    if (!told) return
    const { error } = call
    const meaning = error
      ? (errors[error.code] ?? { en: error.text, ja: error.text })
      : told.meaning
    this.#tell({
      ...(child !== undefined && { child }),
      code: told.code,
      result: error ? `-1 ${error.code}` : String(descriptorIn(call.result)?.fd ?? call.result),
      ...(meaning && { meaning }),
    })
  }
}

/** Calls that give new descriptors. */
const makers = new Set(['socket', 'socketpair', 'pipe', 'pipe2'])
const forks = new Set(['clone', 'clone3', 'fork', 'vfork'])

const isThread = ({ name, args }: Call) =>
  forks.has(name) && args.some((argument) => argument.includes('CLONE_THREAD'))

function madeBy({ name, args, result, error }: Call): number[] {
  if (error) return []
  if (name === 'socket') return [descriptorIn(result)!.fd]
  return (descriptorPair(args.at(name === 'socketpair' ? 3 : 0)) ?? []).map(({ fd }) => fd)
}

function copiedBy({ name, result, error }: Call): number[] {
  return !error && /^(accept4?|dup[23]?)$/.test(name) ? [descriptorIn(result)!.fd] : []
}

/** What Node asks only to learn that nothing is there, and how it prepares the sockets of children. */
function isQuiet({ name, args, error }: Call): boolean {
  if (error?.code === 'EAGAIN') return /^(accept|read|recv)/.test(name)
  return name === 'setsockopt' && /UNIX/.test(args[0] ?? '')
}

const isStdio = (argument: string | undefined) => (descriptorIn(argument)?.fd ?? 3) < 3

function ended(by: number | string): Line {
  if (typeof by === 'number') {
    return { code: `exit(${by})`, meaning: { en: 'the end', ja: '終了' } }
  }
  return { code: by, meaning: { en: 'ended by this signal', ja: 'このシグナルで終了した' } }
}
