/**
 * Plays a transcript in two terminals, each a bash at the root of the course, and prints what was printed, as JSON: a
 * text for each turn. Started with the turns as its argument, in a network of its own where there is one.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeInherited } from '@socket-dojo/sandbox'
import { mask } from './mask.ts'
import type { Turn } from './transcripts.ts'

closeInherited(2)
const turns = JSON.parse(process.argv[2]!) as Turn[]
const patience = 30_000

/** A shell, and what it has printed that no turn has taken yet. */
class Terminal {
  readonly shell: ChildProcess
  printed = ''
  typed = 0
  heard = () => {}

  constructor() {
    const { FORCE_COLOR: _, ...env } = process.env // What runs these tests may have colours; pages have none.
    this.shell = spawn('bash', ['--noprofile', '--norc'], { stdio: 'pipe', detached: true, env })
    const hear = (piece: Buffer) => {
      this.printed += piece
      this.heard()
    }
    this.shell.stdout!.on('data', hear)
    this.shell.stderr!.on('data', hear)
  }

  type(command: string): void {
    this.typed += 1
    this.shell.stdin!.write(`{ ${command}\n} < /dev/null\nprintf '[[over %d]]' ${this.typed}\n`)
  }

  /** Waits until the program has ended, or has printed what is expected and still runs; returns what it printed. */
  async take(expected: string): Promise<string> {
    const wanted = mask(expected).trimEnd()
    const complete = () =>
      this.printed.includes(`[[over ${this.typed}]]`) ||
      (wanted !== '' && mask(this.output).trimEnd() === wanted)
    if (!complete()) await this.until(complete)
    const { output } = this
    this.printed = ''
    return output
  }

  /** What was printed, without the marks of ended commands. */
  private get output(): string {
    return this.printed.replaceAll(/\[\[over \d+\]\]/g, '')
  }

  private until(complete: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience)
      this.heard = () => {
        if (!complete()) return
        clearTimeout(timer)
        this.heard = () => {}
        resolve()
      }
    })
  }

  end(): void {
    process.kill(-this.shell.pid!, 'SIGKILL')
  }
}

const terminals = { 1: new Terminal(), 2: new Terminal() }
const outputs: string[] = []
for (const { terminal, command, output } of turns) {
  if (command !== undefined) terminals[terminal].type(command)
  outputs.push(await terminals[terminal].take(output))
}
terminals[1].end()
terminals[2].end()
console.log(JSON.stringify(outputs))
process.exit()
