/** What somebody sees who opens the course in an editor: the language server of the workspace's TypeScript finds nothing in any starter. */
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { root } from './lessons.ts'

vi.setConfig({ testTimeout: 120_000 })

test('opening the exercises shows no red', async () => {
  const files = globSync('exercises/*/*.ts', { cwd: root })
  expect(files.length).toBeGreaterThan(0)
  const ask = languageServer()
  await ask('initialize', {
    ...{ processId: process.pid, rootUri: String(pathToFileURL(root)) },
    capabilities: { textDocument: { diagnostic: {} } },
  })
  ask.tell('initialized', {})
  const redIn = async (file: string, text: string) => {
    const uri = String(pathToFileURL(join(root, file)))
    ask.tell('textDocument/didOpen', {
      textDocument: { uri, text, languageId: 'typescript', version: 1 },
    })
    const { items } = (await ask('textDocument/diagnostic', { textDocument: { uri } })) as {
      items: { severity: number; message: string }[]
    }
    return items.filter(({ severity }) => severity === error)
  }
  for (const file of files) {
    const red = await redIn(file, readFileSync(join(root, file), 'utf8'))
    expect({ file, red }).toEqual({ file, red: [] })
  }
  expect(await redIn('exercises/wrong.ts', "const port: number = '43211'\n")).toHaveLength(1)
})

const error = 1

/** Starts it as an editor does, and returns how to ask: JSON-RPC with a header before each message, as LSP has it. */
function languageServer() {
  const server = spawn(join(root, 'node_modules/.bin/tsc'), ['--lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  onTestFinished(() => void server.kill())
  const waiting = new Map<number, (result: unknown) => void>()
  let rest: Buffer = Buffer.alloc(0)
  server.stdout.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece])
    for (let found; (found = firstMessage(rest)); rest = found.rest) {
      const { id, method, result } = found.message
      if (id !== undefined && method === undefined) waiting.get(id)?.(result)
      else if (id !== undefined) write({ id, result: null }) // It asks us: nothing that we would know.
    }
  })
  const write = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  let asked = 0
  const ask = (method: string, params: object) => {
    const id = ++asked
    write({ id, method, params })
    return new Promise<unknown>((resolve) => waiting.set(id, resolve))
  }
  return Object.assign(ask, {
    tell: (method: string, params: object) => write({ method, params }),
  })
}

function firstMessage(bytes: Buffer) {
  const header = /^Content-Length: (\d+)\r\n(?:.*\r\n)*?\r\n/.exec(bytes.toString('latin1'))
  if (!header) return undefined
  const end = header[0].length + Number(header[1])
  if (bytes.length < end) return undefined
  const message = JSON.parse(bytes.toString('utf8', header[0].length, end)) as {
    id?: number
    method?: string
    result?: unknown
  }
  return { message, rest: bytes.subarray(end) }
}
