import { createSocket, type Socket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import { isIPv6 } from 'node:net'

interface Options {
  to: { host: string; port: number }
  timeoutMs: number
  retries: number
  match?: number
}

/** One socket for all requests of a family; it is closed when the last of them is over. */
class Exchange extends EventEmitter {
  static readonly #open = new Map<string, Exchange>()
  readonly #socket: Socket
  #users = 0

  static for(type: 'udp4' | 'udp6'): Exchange {
    const known = this.#open.get(type) ?? new Exchange(type)
    this.#open.set(type, known)
    known.#users++
    return known
  }

  release(type: string): void {
    if (--this.#users > 0) return
    Exchange.#open.delete(type)
    this.#socket.close()
  }

  constructor(type: 'udp4' | 'udp6') {
    super()
    this.setMaxListeners(0)
    this.#socket = createSocket(type)
    this.#socket.on('message', (data, { address, port }) => this.emit(`${address} ${port}`, data))
    this.#socket.on('error', () => {})
  }

  send(message: Buffer, port: number, host: string, done: (error: Error | null) => void): void {
    this.#socket.send(message, port, host, done)
  }
}

export async function udpRequest(
  message: Buffer,
  { to, timeoutMs, retries, match = 0 }: Options,
): Promise<Buffer> {
  const type = isIPv6(to.host) ? 'udp6' : 'udp4'
  const exchange = Exchange.for(type)
  const name = `${to.host} ${to.port}`
  let timer: NodeJS.Timeout | undefined
  let listener = (_: Buffer): void => {}
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      let attempts = 0
      const attempt = (): void => {
        if (attempts > retries)
          return reject(Object.assign(new Error('silence'), { code: 'ETIMEDOUT', attempts }))
        attempts++
        timer = setTimeout(attempt, timeoutMs)
        exchange.send(message, to.port, to.host, (error) => error && reject(error))
      }
      listener = (data) => {
        if (data.length < match) return
        for (let at = 0; at < match; at++) if (data[at] !== message[at]) return
        resolve(data)
      }
      exchange.on(name, listener)
      attempt()
    })
  } finally {
    clearTimeout(timer)
    exchange.off(name, listener)
    exchange.release(type)
  }
}
