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
    const [code, message] = getSystemErrorMap().get(-number) ?? [`errno ${number}`, 'unknown error']
    super(`${code}: ${message}, ${syscall}`)
    this.code = code
    this.errno = -number
    this.syscall = syscall
  }
}
