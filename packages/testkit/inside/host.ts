/**
 * Runs a module of a submission in a process of its own and answers calls, over file descriptor 3:
 * `node host.ts <module>`. Everything here can be tampered with by the module; nothing here decides anything.
 */
import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'
import {
  type Call,
  decode,
  encode,
  encodeError,
  type Reply,
  type Request,
  type Wire,
  type WireError,
} from './wire.ts'

const channel = new Socket({ fd: 3 })
const objects: unknown[] = []
const now = performance.now.bind(performance)

function keep(object: object): number {
  const known = objects.indexOf(object)
  return known >= 0 ? known : objects.push(object) - 1
}

function reply(message: Reply): void {
  channel.write(`${JSON.stringify(message)}\n`)
}

async function answer(request: Request): Promise<void> {
  if ('release' in request) return void channel.unref()
  const { id } = request
  const began = now()
  let returned: unknown
  const settled = (what: { value: Wire } | { error: WireError }) => {
    const promised = returned instanceof Promise && ({ promised: true } as const)
    reply({ id, milliseconds: now() - began, ...promised, ...what })
  }
  try {
    if ('spawn' in request) return settled({ value: begin(request.spawn) })
    const target = objects[request.target] as Record<string, unknown>
    if ('property' in request) return settled({ value: encode(target[request.property], keep) })
    returned = call(target, request)
    settled({ value: encode(await returned, keep) })
  } catch (error) {
    settled({ error: encodeError(error) })
  }
}

/** It may not keep the module's process running, and has none of its descriptors. */
function begin([file = '', ...args]: string[]): number {
  const child = spawn(file, args, { stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
  return child.pid ?? -1
}

function call(target: Record<string, unknown>, { method, arguments: wires }: Call): unknown {
  const values = wires.map((wire) => decode(wire, ({ handle }) => objects[handle]))
  return (target[method] as (...values: unknown[]) => unknown)(...values)
}

let rest = ''
channel.setEncoding('utf8').on('data', (piece: string) => {
  rest += piece
  if (!piece.includes('\n')) return // A long line is not searched anew for each piece of it.
  const lines = rest.split('\n')
  rest = lines.pop()!
  for (const line of lines) void answer(JSON.parse(line))
})
channel.on('error', () => process.exit()) // The grader has gone.

try {
  const module = await import(pathToFileURL(process.argv[2]!).href)
  objects.push(module)
  reply({ loaded: Object.keys(module) })
} catch (error) {
  reply({ failed: encodeError(error) })
}
