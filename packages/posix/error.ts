import { constants } from 'node:os'
import { getSystemErrorMap } from 'node:util'

/** What a failed call of the system says, in the form of Node's own errors. `EMFILE: too many open files, pipe2` */
export class SystemError extends Error {
  override name = 'SystemError'
  /** The name of the error: `EMFILE`. */
  readonly code: string
  /** Its number, negative as in all of Node's errors: -24. */
  readonly errno: number
  /** The call that failed: `pipe2`. */
  readonly syscall: string

  /** @param number as in errno(3), positive. */
  constructor(syscall: string, number: number) {
    const [code, message] = getSystemErrorMap().get(-number) ?? otherError(number)
    super(`${code}: ${message}, ${syscall}`)
    this.code = code
    this.errno = -number
    this.syscall = syscall
  }
}

/** An error that Node never reports itself, as EINPROGRESS. */
function otherError(number: number): [code: string, message: string] {
  const known = Object.entries(constants.errno).find(([, value]) => value === number)
  return known ? [known[0], 'see errno(3)'] : [`errno ${number}`, 'unknown error']
}
