import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** One row of the kernel's table of IPv4 sockets: proc_net_tcp(5). */
export interface Row {
  local: string
  remote: string
  state: string
  /** Bytes that have arrived and were not read; of a listening socket: connections that wait for accept(2). */
  receiveQueue: number
  /** Bytes that were not confirmed by the other side yet. */
  sendQueue: number
}

/** The rows with this port at their local end, or at the other one. */
export function rows(
  port: number,
  protocol: 'tcp' | 'udp' = 'tcp',
  end: 'local' | 'remote' = 'local',
): Row[] {
  const lines = readFileSync(`/proc/net/${protocol}`, 'utf8').trim().split('\n').slice(1)
  return lines.map(parse).filter((row) => row[end].endsWith(`:${port}`))
}

/** Resolves when something is true; the process has no event for it, so it is looked up again and again. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5)
}

function parse(line: string): Row {
  const [, local = '', remote = '', state = '', queues = ''] = line.trim().split(/\s+/)
  const [sendQueue, receiveQueue] = queues.split(':').map((hex) => Number.parseInt(hex, 16))
  return {
    local: place(local),
    remote: place(remote),
    state: states[Number.parseInt(state, 16)] ?? state,
    receiveQueue: receiveQueue!,
    sendQueue: sendQueue!,
  }
}

/** `0100007F:0050` is 127.0.0.1:80: the address is in the byte order of the processor. */
function place(text: string): string {
  const [address = '', port = ''] = text.split(':')
  const bytes = Buffer.from(address, 'hex').toReversed()
  return `${bytes.join('.')}:${Number.parseInt(port, 16)}`
}

const states =
  ' ESTABLISHED SYN_SENT SYN_RECV FIN_WAIT1 FIN_WAIT2 TIME_WAIT CLOSE CLOSE_WAIT LAST_ACK LISTEN CLOSING'.split(
    ' ',
  )
