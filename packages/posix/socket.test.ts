import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { encodeAddress } from './address.ts'
import {
  accept,
  AF_INET,
  AF_INET6,
  AF_UNIX,
  bind,
  close,
  connect,
  dup,
  F_GETFL,
  F_SETFL,
  fcntl,
  getpeername,
  getsockname,
  getsockopt,
  listen,
  MSG_DONTWAIT,
  MSG_PEEK,
  O_NONBLOCK,
  poll,
  POLLIN,
  POLLOUT,
  recv,
  recvfrom,
  send,
  sendto,
  setsockopt,
  SHUT_WR,
  shutdown,
  SO_ERROR,
  SO_LINGER,
  SO_REUSEADDR,
  SOCK_DGRAM,
  SOCK_STREAM,
  socket,
  socketpair,
  SOL_SOCKET,
  type Address,
} from './index.ts'

const linux = process.platform === 'linux'
const hasIPv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

describe.each([
  { family: AF_INET, address: '127.0.0.1', runs: true },
  { family: AF_INET6, address: '::1', runs: hasIPv6 },
])('a TCP connection over $address', ({ family, address, runs }) => {
  test.runIf(runs)('carries bytes both ways, and each end has the address of the other', () => {
    const { client, server, listener } = connection(family, address)
    expect(send(client, 'ping')).toBe(4)
    expect(recv(server, 2).toString()).toBe('pi')
    expect(recv(server).toString()).toBe('ng')
    expect(send(server, Buffer.from([0, 255]))).toBe(2)
    expect([...recv(client)]).toEqual([0, 255])
    expect(getpeername(client)).toEqual(getsockname(listener))
    expect(getsockname(client)).toEqual(getpeername(server))
    expect(getsockname(server)).toMatchObject({ address })
  })
})

test('the end of one direction leaves the other open', () => {
  const { client, server } = connection()
  shutdown(client, SHUT_WR)
  expect(recv(server)).toHaveLength(0)
  send(server, 'still here')
  expect(recv(client).toString()).toBe('still here')
  expect(() => send(client, 'x')).toThrow(expect.objectContaining({ code: 'EPIPE' }))
})

test('a datagram comes with its sender', () => {
  const [receiver, sender] = [open(AF_INET, SOCK_DGRAM), open(AF_INET, SOCK_DGRAM)]
  for (const fd of [receiver, sender]) bind(fd, { address: '127.0.0.1', port: 0 })
  sendto(sender, 'hello', getsockname(receiver))
  expect(recvfrom(receiver, 3)).toEqual({ data: Buffer.from('hel'), from: getsockname(sender) })
  expect(() => recvfrom(receiver, 3, MSG_DONTWAIT)).toThrow('EAGAIN')
})

test('a connection that is not waited for is in progress, then stands', () => {
  const { listener } = connection()
  const client = open(AF_INET, SOCK_STREAM)
  fcntl(client, F_SETFL, fcntl(client, F_GETFL) | O_NONBLOCK)
  expect(() => connect(client, getsockname(listener))).toThrow(
    expect.objectContaining({ code: 'EINPROGRESS', syscall: 'connect' }),
  )
  expect(poll([{ fd: client, events: POLLOUT }], 5000)).toEqual([POLLOUT])
  expect(getsockopt(client, SOL_SOCKET, SO_ERROR)).toBe(0)
})

test('poll tells each descriptor apart, and nothing after its time', () => {
  const [one, other] = pair()
  const [third] = pair()
  send(one, 'x')
  const watches = [third, other].map((fd) => ({ fd, events: POLLIN }))
  expect(poll(watches, 5000)).toEqual([0, POLLIN])
  expect(recv(other, 1, MSG_PEEK).toString()).toBe('x')
  recv(other)
  expect(poll(watches, 1)).toEqual([0, 0])
})

test('options are set and read', () => {
  const { client } = connection()
  expect(getsockopt(client, SOL_SOCKET, SO_REUSEADDR)).toBe(0)
  setsockopt(client, SOL_SOCKET, SO_REUSEADDR, 1)
  expect(getsockopt(client, SOL_SOCKET, SO_REUSEADDR)).not.toBe(0)
  setsockopt(client, SOL_SOCKET, SO_LINGER, Int32Array.of(1, 0))
  expect(getsockopt(client, SOL_SOCKET, SO_LINGER)).toBe(1)
})

test('sockets of this machine have a path, a name, or nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'posix-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'ソケット')
  for (const name of linux ? [path, `\0${path}`] : [path]) {
    const listener = open(AF_UNIX, SOCK_STREAM)
    bind(listener, { path: name })
    listen(listener, 1)
    expect(getsockname(listener)).toEqual({ path: name })
    const client = open(AF_UNIX, SOCK_STREAM)
    connect(client, { path: name })
    expect(getsockname(client)).toEqual({ path: '' })
  }
  expect(getpeername(pair()[0])).toEqual({ path: '' })
})

test('what is made is closed in every program that is started', () => {
  const { client, server, listener } = connection()
  const copy = dup(client)
  onTestFinished(() => close(copy))
  const fds = [client, server, listener, copy, ...pair()].join(' ')
  const script = `for fd in ${fds}; do (: <&$fd) 2>/dev/null && echo $fd; done; true`
  expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' })).toMatchObject({ stdout: '' })
})

test('errors have the names of the manual', () => {
  const fd = open(AF_INET, SOCK_STREAM)
  expect(() => getpeername(fd)).toThrow(expect.objectContaining({ code: 'ENOTCONN' }))
  expect(() => accept(fd)).toThrow(expect.objectContaining({ code: 'EINVAL' }))
  expect(() => close(-1)).toThrow(expect.objectContaining({ code: 'EBADF', syscall: 'close' }))
  expect(() => bind(fd, { address: 'localhost', port: 0 })).toThrow(
    'Expected an IPv4 or IPv6 address, got "localhost"',
  )
})

test.runIf(linux)('an address is the struct that the system wants', () => {
  const bytes = (address: Address) => encodeAddress(address).toString('hex')
  expect(bytes({ address: '127.0.0.2', port: 0x1234 })).toMatch(/^(0200|0002)12347f0000020{16}$/)
  expect(bytes({ address: '::1', port: 80 })).toMatch(/^(0a00|000a)0050\w{8}0{30}010{8}$/)
  expect(bytes({ path: '/a' })).toMatch(/^(0100|0001)2f6100$/)
})

/** A connection whose three descriptors are closed when the test is over. */
function connection(family = AF_INET, address = '127.0.0.1') {
  const listener = open(family, SOCK_STREAM)
  bind(listener, { address, port: 0 })
  listen(listener, 5)
  const client = open(family, SOCK_STREAM)
  connect(client, getsockname(listener))
  const server = accept(listener)
  onTestFinished(() => close(server))
  return { listener, client, server }
}

function open(family: number, type: number): number {
  const fd = socket(family, type)
  onTestFinished(() => close(fd))
  return fd
}

function pair(): [number, number] {
  const fds = socketpair(AF_UNIX, SOCK_STREAM)
  onTestFinished(() => fds.forEach((fd) => close(fd)))
  return fds
}
