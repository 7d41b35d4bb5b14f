import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '@socket-dojo/dojo/lessons'
import { chooseProfile, inOwnNamespaces, isInstalled } from '@socket-dojo/sandbox'
import { describe, expect, test } from 'vitest'
import { mask } from './course/mask.ts'
import { type Transcript, transcripts } from './course/transcripts.ts'

const { profile } = await chooseProfile('auto')
const tools = ['nc', 'ss', 'strace', 'socat', 'curl', 'python3', 'dig', 'tcpdump', 'lsof']

describe('what the transcripts of the pages say happens', () => {
  for (const transcript of once(transcripts())) {
    test(`${transcript.page}:${transcript.line}`, async (context) => {
      const missing = needs(transcript).filter((tool) => !isInstalled(tool))
      context.skip(missing.length > 0, `${missing.join(', ')} is not installed`)
      const written = transcript.turns.map(({ output }) => mask(output).trimEnd())
      expect((await play(transcript)).map((output) => mask(output).trimEnd())).toEqual(written)
    })
  }
})

/** A transcript that stands on a page of both languages is played once. */
function once(all: Transcript[]): Transcript[] {
  return [
    ...new Map(all.map((transcript) => [JSON.stringify(transcript.turns), transcript])).values(),
  ]
}

function needs({ turns }: Transcript): string[] {
  const typed = turns.map(({ command = '' }) => command).join('\n')
  return tools.filter((tool) => new RegExp(`(^|[|;&(]\\s*|\\n)${tool}\\b`).test(typed))
}

async function play({ turns }: Transcript): Promise<string[]> {
  const command = [
    process.execPath,
    join(import.meta.dirname, 'course/play.ts'),
    JSON.stringify(turns),
  ]
  const [file, ...args] = profile === 'bwrap' ? inOwnNamespaces(command) : command
  const { stdout } = await promisify(execFile)(file!, args, { cwd: root, timeout: 60_000 })
  return JSON.parse(stdout) as string[]
}
