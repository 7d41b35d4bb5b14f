/** The sandbox itself failed. It is never the fault of the program inside. */
export class SandboxFault extends Error {
  override name = 'SandboxFault'
}
