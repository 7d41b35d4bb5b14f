import koffi from 'koffi'
import { SystemError } from './error.ts'

/**
 * A function of the C library, from its prototype: `int listen(int fd, int backlog)`. Looked up in this very
 * process, which has the C library loaded, whatever its name on this system; and only on its first call, so that a
 * function that a system does not have harms nobody who does not call it.
 *
 * Returns what the function returns. Where that is -1, it throws what errno(3) says.
 * @throws {SystemError}
 */
export function libc(prototype: string): (...values: unknown[]) => number {
  const name = /(\w+)\s*\(/.exec(prototype)![1]!
  let call: ((...values: unknown[]) => number) | undefined
  return (...values) => {
    call ??= itself().func(prototype) as (...values: unknown[]) => number
    const result = call(...values)
    if (result === -1) throw new SystemError(name, koffi.errno())
    return result
  }
}

function itself() {
  return (loaded ??= koffi.load(null))
}
let loaded: ReturnType<typeof koffi.load> | undefined
