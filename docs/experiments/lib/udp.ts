import {
  AF_INET,
  bind,
  getsockname,
  SOCK_DGRAM,
  socket,
  type InternetAddress,
} from '@socket-dojo/posix'

/** A UDP socket at an address. @param port default: the system chooses one. */
export function udpSocket(address = '127.0.0.1', port = 0): { fd: number; at: InternetAddress } {
  const fd = socket(AF_INET, SOCK_DGRAM)
  bind(fd, { address, port })
  return { fd, at: getsockname(fd) as InternetAddress }
}
