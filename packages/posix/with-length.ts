/** For calls that fill a buffer and tell its length by a pointer: it holds the room there is, and then what was written. */
export function withLength(
  bytes: Buffer,
  call: (bytes: Buffer, length: Uint32Array) => void,
): [bytes: Buffer, length: number] {
  const length = Uint32Array.of(bytes.length)
  call(bytes, length)
  return [bytes, length[0]!]
}
