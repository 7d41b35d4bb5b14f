import { AF_INET, sendto, SOCK_RAW, socket, type InternetAddress } from '@socket-dojo/posix'

/** Hands packets to the system as they are, with an IP header of our own: raw(7). Only root may, or `inOwnNetwork`. */
export function rawSocket(): (packet: Buffer, to: InternetAddress) => number {
  const IPPROTO_RAW = 255
  const fd = socket(AF_INET, SOCK_RAW, IPPROTO_RAW)
  return (packet, to) => sendto(fd, packet, to)
}

/** An IPv4 packet with a UDP datagram: RFC 791, RFC 768. The checksum of its IP header is filled in by the system. */
export function udpPacket(from: InternetAddress, to: InternetAddress, data: string): Buffer {
  const addresses = Buffer.from([from, to].flatMap(({ address }) => address.split('.').map(Number)))
  const udp = Buffer.concat([Buffer.alloc(8), Buffer.from(data)])
  udp.writeUInt16BE(from.port, 0)
  udp.writeUInt16BE(to.port, 2)
  udp.writeUInt16BE(udp.length, 4)
  const pseudoHeader = Buffer.concat([addresses, Buffer.from([0, 17, 0, udp.length])])
  udp.writeUInt16BE(checksum(Buffer.concat([pseudoHeader, udp])) || 0xffff, checksumOffset)
  const ip = Buffer.from([0x45, 0, 0, 20 + udp.length, 0, 0, 0, 0, 64, 17, 0, 0, ...addresses])
  return Buffer.concat([ip, udp])
}

/** Where the checksum is: in the UDP header, and in a packet without IP options. */
const checksumOffset = 6
export const packetChecksumOffset = 20 + checksumOffset

/** The Internet checksum: the ones' complement of the ones' complement sum of all 16-bit words. RFC 1071 */
function checksum(bytes: Buffer): number {
  let sum = 0
  for (let n = 0; n < bytes.length; n += 2) sum += (bytes[n]! << 8) + (bytes[n + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16)
  return ~sum & 0xffff
}
