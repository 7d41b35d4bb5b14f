/** The numbers of <sys/socket.h> and its relatives, under their names there. Linux and macOS number them differently. */
const linux = process.platform === 'linux'

/** Address families: IPv4, IPv6, sockets of this machine. */
export const AF_UNIX = 1
export const AF_INET = 2
export const AF_INET6 = linux ? 10 : 30

/** Kinds of socket: a byte stream, datagrams, packets of another protocol. */
export const SOCK_STREAM = 1
export const SOCK_DGRAM = 2
export const SOCK_RAW = 3

/** What shutdown(2) ends: reading, writing, both. */
export const SHUT_RD = 0
export const SHUT_WR = 1
export const SHUT_RDWR = 2

/** Flags of recv(2) and send(2). */
export const MSG_PEEK = 2
export const MSG_DONTWAIT = linux ? 0x40 : 0x80

/** Levels of an option: the socket itself (socket(7)), or its protocol (ip(7), tcp(7)). */
export const SOL_SOCKET = linux ? 1 : 0xffff
export const IPPROTO_IP = 0
export const IPPROTO_TCP = 6

/** Options of SOL_SOCKET. */
export const SO_REUSEADDR = linux ? 2 : 0x0004
export const SO_ERROR = linux ? 4 : 0x1007
export const SO_SNDBUF = linux ? 7 : 0x1001
export const SO_RCVBUF = linux ? 8 : 0x1002
export const SO_LINGER = linux ? 13 : 0x1080
export const SO_REUSEPORT = linux ? 15 : 0x0200

/** Option of IPPROTO_TCP: send at once, do not wait for more. */
export const TCP_NODELAY = 1

/** Option of IPPROTO_IP, Linux: report ICMP errors to an unconnected socket too. */
export const IP_RECVERR = 11

/** Events of poll(2). */
export const POLLIN = 0x001
export const POLLOUT = 0x004
export const POLLERR = 0x008
export const POLLHUP = 0x010
/** Linux: the peer has ended its direction, or the connection is over. */
export const POLLRDHUP = 0x2000

/** Commands and a flag of fcntl(2). */
export const F_SETFD = 2
export const F_GETFL = 3
export const F_SETFL = 4
export const FD_CLOEXEC = 1
export const O_NONBLOCK = linux ? 0o4000 : 0x0004

/** Added to the kind of a socket or the flags of a pipe; O_CLOEXEC of Linux, the same on every processor of Node's. */
export const SOCK_CLOEXEC = 0o2000000
