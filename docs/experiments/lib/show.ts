/** Prints what a call answers: its value, or the name of its error. */
export function show(what: string, call: () => unknown): void {
  console.log(`${what} → ${answer(call)}`)
}

/** The value of a call in one line, or the name of its error: `ok`, `5`, `"hello"`, `EPIPE`. */
export function answer(call: () => unknown): string {
  try {
    return inWords(call())
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}

function inWords(value: unknown): string {
  if (value === undefined) return 'ok'
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString())
  return typeof value === 'string' ? value : JSON.stringify(value)
}
