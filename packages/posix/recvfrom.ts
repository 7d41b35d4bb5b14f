import { decodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'
import { withLength } from './with-length.ts'

/**
 * The next datagram, and who sent it. Of one that is longer than `size` the rest is lost. Waits where there is none.
 * recvfrom(2)
 * @throws {SystemError} as `recv`
 */
export function recvfrom(fd: number, size = 65536, flags = 0): { data: Buffer; from: Address } {
  const data = Buffer.alloc(size)
  let received = 0
  const [bytes, length] = withLength(Buffer.alloc(128), (from, fromLength) => {
    received = call(fd, data, size, flags, from, fromLength)
  })
  return { data: data.subarray(0, received), from: decodeAddress(bytes, length) }
}

const call = libc(
  'long recvfrom(int fd, void *bytes, size_t size, int flags, void *from, void *length)',
)
