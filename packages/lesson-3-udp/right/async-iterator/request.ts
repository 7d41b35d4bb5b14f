import { createSocket, type RemoteInfo } from 'node:dgram'
import { on } from 'node:events'
import { isIPv6 } from 'node:net'

interface Options {
  to: { host: string; port: number }
  timeoutMs: number
  retries: number
  match?: number
}

/** Reads datagrams in a loop; each attempt is a loop that is aborted when its time is over. */
export async function udpRequest(message: Buffer, options: Options): Promise<Buffer> {
  const { to, timeoutMs, retries, match = 0 } = options
  const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4')
  const everything = new AbortController()
  const datagrams = on(socket, 'message', { signal: everything.signal })
  const iterator = datagrams[Symbol.asyncIterator]()
  let next: Promise<IteratorResult<unknown>> | undefined
  let timer: NodeJS.Timeout | undefined
  try {
    for (let attempt = 0; attempt <= retries; attempt++) {
      await new Promise<void>((resolve, reject) => {
        socket.send(message, to.port, to.host, (error) => (error ? reject(error) : resolve()))
      })
      const over = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => resolve(undefined), timeoutMs)
      })
      for (;;) {
        next ??= iterator.next()
        const result = await Promise.race([next, over])
        if (!result) break
        next = undefined
        const [data, sender] = result.value as [Buffer, RemoteInfo]
        if (sender.port !== to.port || sender.address !== to.host) continue
        if (Buffer.compare(data.subarray(0, match), message.subarray(0, match)) === 0) return data
      }
    }
    throw Object.assign(new Error('timed out'), { code: 'ETIMEDOUT', attempts: retries + 1 })
  } finally {
    clearTimeout(timer)
    next?.catch(() => {})
    everything.abort()
    socket.close()
  }
}
