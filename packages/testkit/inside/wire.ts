/**
 * How values cross the channel between the grader and the process that a module runs in: one JSON value a line.
 * Used on both sides. Nothing that arrives is ever executed, and no object keeps its prototype.
 */

/** An error as it crosses the channel. */
export interface WireError {
  name: string
  message: string
  code?: string
  stack?: string
  /** Further numbers that it carries, by name. */
  numbers?: Record<string, number>
}

/** An object with methods stays where it is: this stands for it. */
export interface WireHandle {
  handle: number
  methods: string[]
}

/** A value as it crosses the channel: what JSON has not is wrapped and tagged. */
export type Wire =
  | null
  | boolean
  | number
  | string
  | { tag: 'undefined' }
  | { tag: 'number'; text: string }
  | { tag: 'bigint'; text: string }
  /** A Buffer; a `view` of bytes is a Uint8Array that is none. */
  | { tag: 'bytes'; base64: string; view?: true }
  /** Many bytes, as RFC 1951 has it. Only a whole value, never part of one: so an answer holds at most one. */
  | { tag: 'deflated'; base64: string; view?: true }
  | { tag: 'error'; error: WireError }
  | ({ tag: 'handle' } & WireHandle)
  | { tag: 'array'; items: Wire[] }
  | { tag: 'object'; entries: [string, Wire][] }
  /** Nothing that can be sent: a symbol, or too deep. */
  | { tag: 'other'; text: string }

/** A call of a method of an object. Object 0 is the module itself. */
export interface Call {
  id: number
  target: number
  method: string
  arguments: Wire[]
}

/** What the grader sends. */
export type Request =
  | Call
  | { id: number; target: number; property: string }
  /** Starts a command beside the module; the answer is its PID as the module knows it. */
  | { id: number; spawn: string[] }
  /** The module may end now: the channel alone does not keep it alive any more. */
  | { release: true }

/** What comes back; of a call also how long it took, as this process saw it, and whether it returned a promise. */
export type Reply =
  | { loaded: string[] }
  | { failed: WireError }
  | ({ id: number; milliseconds: number; promised?: true } & (
      | { value: Wire }
      | { error: WireError }
    ))

/**
 * An object with methods stays where it is. Inside of another value it comes as its data, as far as that has no methods
 * itself: a list of a learner's own class is a list of what that holds.
 * @param keep stores an object with methods and returns its handle.
 */
export function encode(
  value: unknown,
  keep: (object: object) => number,
  depth = 0,
  opened = false,
): Wire {
  if (value === undefined) return { tag: 'undefined' }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number')
    return Number.isFinite(value) ? value : { tag: 'number', text: String(value) }
  if (typeof value === 'bigint') return { tag: 'bigint', text: String(value) }
  if (value instanceof Uint8Array) {
    const view = Buffer.isBuffer(value) ? {} : ({ view: true } as const)
    return depth === 0 && value.length > many
      ? { tag: 'deflated', base64: base64(zlib().deflateRawSync(value, { level: 1 })), ...view }
      : { tag: 'bytes', base64: base64(value), ...view }
  }
  if (value instanceof Error) return { tag: 'error', error: encodeError(value) }
  if (typeof value === 'symbol' || depth > 8) return { tag: 'other', text: typeof value }
  const methods = methodsOf(value)
  const stays = methods.length > 0 && (depth === 0 || opened)
  if (typeof value === 'function' || stays) return { tag: 'handle', handle: keep(value), methods }
  if (Array.isArray(value))
    return {
      tag: 'array',
      items: Array.from(value, (item) => encode(item, keep, depth + 1, opened)),
    }
  const inside = opened || methods.length > 0
  const data = propertiesOf(value).filter(([, item]) => typeof item !== 'function')
  return {
    tag: 'object',
    entries: data.map(([key, item]) => [key, encode(item, keep, depth + 1, inside)]),
  }
}

/**
 * @param revive makes what stands for an object on the other side.
 * @throws {Error} where deflated bytes are none, or more than 16 MiB.
 */
export function decode(wire: Wire, revive: (handle: WireHandle) => unknown): unknown {
  if (wire === null || typeof wire !== 'object') return wire
  switch (wire.tag) {
    case 'undefined':
      return undefined
    case 'number':
      return Number(wire.text)
    case 'bigint':
      return BigInt(wire.text)
    case 'bytes':
    case 'deflated': {
      const bytes = Buffer.from(wire.base64, 'base64')
      const whole =
        wire.tag === 'bytes' ? bytes : zlib().inflateRawSync(bytes, { maxOutputLength: most })
      return wire.view ? new Uint8Array(whole) : whole
    }
    case 'error':
      return wire.error
    case 'handle':
      return revive(wire)
    case 'array':
      return wire.items.map((item) => decode(item, revive))
    case 'object':
      return Object.fromEntries(wire.entries.map(([key, item]) => [key, decode(item, revive)]))
    case 'other':
      return Symbol(wire.text)
  }
}

/** In bytes: from how many on deflating is worth it, and how many are taken at most. */
const many = 1024 * 1024
const most = 16 * many

/** Loaded where it is needed: few modules are sent that much. */
const zlib = () => process.getBuiltinModule('node:zlib')

/** Without a copy of what may be megabytes. */
const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')

/** The name of what was thrown and is no Error. */
export const notAnError = 'not an Error'

export function encodeError(value: unknown): WireError {
  if (!(value instanceof Error)) return { name: notAnError, message: String(value) }
  const { name, message, stack } = value
  const code = (value as NodeJS.ErrnoException).code
  const numbers = Object.fromEntries(
    propertiesOf(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  )
  return {
    name,
    message,
    ...(typeof code === 'string' && { code }),
    ...(stack && { stack }),
    numbers,
  }
}

/** Names of the functions of an object, those of its class included. */
function methodsOf(object: object): string[] {
  if (Array.isArray(object)) return []
  return propertiesOf(object).flatMap(([name, value]) =>
    typeof value === 'function' ? [name] : [],
  )
}

/** What whoever has an object can read of it, those of its class and getters included; what throws is not there. */
function propertiesOf(object: object): [string, unknown][] {
  const names = new Set<string>()
  for (
    let level = object;
    level !== null && level !== Object.prototype;
    level = Object.getPrototypeOf(level)
  ) {
    for (const name of Object.getOwnPropertyNames(level))
      if (name !== 'constructor') names.add(name)
  }
  return [...names].flatMap((name): [string, unknown][] => {
    try {
      return [[name, (object as Record<string, unknown>)[name]]]
    } catch {
      return []
    }
  })
}
