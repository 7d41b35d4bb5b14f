import { encodeAddress, type Address } from './address.ts'
import { libc } from './libc.ts'

/**
 * Sends one datagram to an address. A socket without an address gets one: the system chooses. sendto(2)
 * @throws {SystemError} `EMSGSIZE` where it is too long for one datagram, `ECONNREFUSED`, `EAGAIN` …
 */
export function sendto(fd: number, data: Uint8Array | string, address: Address): number {
  const bytes = Buffer.from(data)
  const to = encodeAddress(address)
  return call(fd, bytes, bytes.length, 0, to, to.length)
}

const call = libc(
  'long sendto(int fd, const void *bytes, size_t length, int flags, const void *to, uint32_t size)',
)
