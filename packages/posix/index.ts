/** Calls of the system that Node does not have: thin, named as in their man pages, and synchronous. */
export { pipe } from './pipe.ts'
export { SystemError } from './error.ts'
