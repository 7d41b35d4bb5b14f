/** Which system calls do a server and a client make, and what do they tell the kernel? strace(1) shows it. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accept, close, recv, send } from '@socket-dojo/posix'
import { needs } from './lib/needs.ts'
import { connectedTo, listening } from './lib/tcp.ts'

const parts = { posix: inPosix, node: inNode }
const part = parts[process.argv[2] as keyof typeof parts]
if (part) await part()
else {
  needs('strace', '-o', '/dev/null', 'true')
  console.log('by the names of the C library')
  trace('posix')
  console.log('a server of Node')
  trace('node')
}

function inPosix(): void {
  const { listener, address } = listening()
  const client = connectedTo(address)
  const server = accept(listener)
  send(client, 'hello')
  recv(server)
  close(client)
}

async function inNode(): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = (await once(server, 'connection')) as [Socket]
  client.destroy()
  socket.destroy()
  server.close()
}

/** Prints the calls, with names for the descriptors and the ports that the system has chosen. */
function trace(which: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'calls-'))
  const file = join(folder, 'trace')
  const calls = 'trace=socket,setsockopt,bind,listen,connect,accept4,sendto,recvfrom'
  const program = [process.execPath, process.argv[1]!, which]
  spawnSync('strace', ['-o', file, '-e', calls, ...program], { stdio: 'inherit' })
  const lines = readFileSync(file, 'utf8').split('\n')
  rmSync(folder, { recursive: true })
  const names = ['listener', 'client', 'accepted']
  const named = new Map<string, string>()
  for (const line of lines.filter((text) => /^\w+\(/.test(text))) {
    const [, call = '', values = '', result = ''] = /^(\w+)\((.*)\)\s+= (\S+( E\w+)?)/.exec(line)!
    if (call === 'socket' || call === 'accept4') named.set(result, names[named.size]!)
    const name = (fd: string) => named.get(fd) ?? fd
    console.log(`  ${call}(${short(values.replace(/^\d+/, name))}) = ${name(result)}`)
  }
}

/** `{sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16` is 127.0.0.1:0. */
function short(values: string): string {
  return values.replace(
    /\{.*htons\((\d+)\).*"([\d.]+)"\)\}, 16/,
    (_, port: string, address: string) => {
      return `${address}:${port === '0' ? 0 : 'P'}`
    },
  )
}
