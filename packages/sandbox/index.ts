/** Starts programs that nobody trusts, watches their caps, and ends them whole. */
export { start, type Program } from './start.ts'
export { type Exit, Running } from './running.ts'
export { type Cap, type Caps, caps } from './caps.ts'
export { chooseProfile, type Choice, type Profile } from './profile.ts'
export { inOwnNamespaces } from './namespaces.ts'
export { isInstalled } from './libraries.ts'
export { closeInherited } from './inherited.ts'
export { SandboxFault } from './fault.ts'
