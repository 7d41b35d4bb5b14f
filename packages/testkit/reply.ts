import type { Reply, Wire, WireError } from './inside/wire.ts'

/**
 * Reads a line that came from the process of a module; undefined where it is no reply. Whatever a learner's code has
 * written there itself ends here: behind it every reply has the shape of its type.
 */
export function parseReply(line: string): Reply | undefined {
  try {
    const reply: unknown = JSON.parse(line)
    return isReply(reply) ? reply : undefined
  } catch {
    return undefined // No JSON, or nested too deep to look at.
  }
}

function isReply(reply: unknown): reply is Reply {
  if (!isRecord(reply)) return false
  if ('loaded' in reply) return isArrayOf(reply.loaded, isString)
  if ('failed' in reply) return isError(reply.failed)
  if (!Number.isSafeInteger(reply.id) || !Number.isFinite(reply.milliseconds)) return false
  return 'error' in reply ? isError(reply.error) : isWire(reply.value) || isDeflated(reply.value)
}

const isDeflated = (value: unknown): boolean =>
  isRecord(value) && value.tag === 'deflated' && isString(value.base64)

function isWire(value: unknown): value is Wire {
  if (value === null || ['boolean', 'number', 'string'].includes(typeof value)) return true
  if (!isRecord(value)) return false
  switch (value.tag) {
    case 'undefined':
      return true
    case 'number':
    case 'other':
      return isString(value.text)
    case 'bigint':
      return isString(value.text) && /^-?\d+$/.test(value.text)
    case 'bytes':
      return isString(value.base64)
    case 'error':
      return isError(value.error)
    case 'handle':
      return Number.isSafeInteger(value.handle) && isArrayOf(value.methods, isString)
    case 'array':
      return isArrayOf(value.items, isWire)
    case 'object':
      return isArrayOf(value.entries, isEntry)
    default:
      return false
  }
}

const isEntry = (entry: unknown): entry is [string, Wire] =>
  Array.isArray(entry) && entry.length === 2 && isString(entry[0]) && isWire(entry[1])

function isError(error: unknown): error is WireError {
  if (!isRecord(error) || !isString(error.name) || !isString(error.message)) return false
  const { code, stack, numbers } = error
  return (
    (code === undefined || isString(code)) &&
    (stack === undefined || isString(stack)) &&
    (numbers === undefined || isRecord(numbers))
  )
}

const isString = (value: unknown): value is string => typeof value === 'string'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isArrayOf = <T>(value: unknown, is: (item: unknown) => item is T): value is T[] =>
  Array.isArray(value) && value.every(is)
