import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { bytesText, firstDifference, quote, sideBySide, toBytes } from '../bytes.ts'
import { deadlines, expired, within } from '../deadlines.ts'
import { type Explain, GraderFault } from '../fault.ts'
import type { Kit } from '../kit.ts'
import { join, same, spaced, type Text } from '../text.ts'
import type { Address, PeerOptions } from './tcp.ts'

/** The most that one UDP datagram carries over IPv4: 65,535 less 20 bytes of IP and 8 of UDP (RFC 768, RFC 791). */
export const longestDatagram = 65_507

/** One datagram, and who sent it. */
export interface Datagram {
  data: Buffer
  from: Address
}

/**
 * The grader's end of UDP. Its socket is never connected, so that a datagram from a wrong address is seen, and not
 * dropped by the kernel.
 */
export class UdpPeer {
  readonly #kit: Kit
  readonly #socket: Socket
  readonly #to: Address | undefined
  readonly #who: string | undefined
  readonly #silent: boolean
  readonly #arrived: Datagram[] = []
  readonly #local: Address
  #open = true
  /** The datagram that ends a drain, by the port that it comes from. */
  #last: { port: number; seen: () => void } | undefined
  #wake: () => void = () => {}

  constructor(kit: Kit, socket: Socket, to: Address | undefined, options: PeerOptions = {}) {
    this.#kit = kit
    this.#socket = socket
    this.#to = to
    this.#who = options.name
    this.#silent = options.silent ?? false
    const { address, port } = socket.address()
    this.#local = { host: address, port }
    socket.on('message', (data, sender) => this.#take(data, sender))
    socket.on('error', () => {}) // What cannot be received is missed by whoever waits for it.
    kit.knows(port)
    kit.onEnd(() => this.close())
  }

  /** Where this end is. */
  get local(): Address {
    return this.#local
  }

  /** How many datagrams have come that nobody has received yet. */
  get waiting(): number {
    return this.#arrived.length
  }

  /** Sends one datagram, and resolves once the kernel has taken it. By default to the address that it was made for. */
  async send(data: Buffer | string, to: Address | undefined = this.#to): Promise<void> {
    if (!to) throw new Error('Expected an address to send to, found none: pass it')
    this.#step('send', quote(data))
    await transmit(this.#socket, toBytes(data), to)
  }

  /**
   * Expects the next datagram to be exactly this, from the address that the peer was made for or else from anybody.
   * Returns the address of its sender.
   */
  receive(
    expected: Buffer | string,
    explain: Explain = {},
    milliseconds: number = deadlines.answer,
  ): Promise<Address> {
    return this.receiveEach([expected], explain, milliseconds)
  }

  /** Expects exactly these datagrams, in any order. Returns the address of the sender of the last. */
  async receiveEach(
    expected: (Buffer | string)[],
    explain: Explain = {},
    milliseconds: number = deadlines.answer,
  ): Promise<Address> {
    const missing = expected.map(toBytes)
    for (;;) {
      const datagram = await this.#next(milliseconds)
      if (!datagram) throw this.#kit.fault('silent', this.#named(neverCame(missing)), explain)
      const { data, from } = datagram
      this.#step('receive', quote(data))
      const found = missing.findIndex((wanted) => wanted.equals(data))
      if (found < 0) {
        throw this.#kit.fault('different', this.#named(unlike(missing, data)), explain)
      }
      if (this.#to && !sameAddress(from, this.#to)) {
        throw this.#kit.fault('stranger', this.#named(otherSender(from, this.#to)), explain)
      }
      missing.splice(found, 1)
      if (missing.length === 0) return from
    }
  }

  /** Expects a datagram, whatever it holds and whoever sent it. */
  async datagram(explain: Explain = {}): Promise<Datagram> {
    const datagram = await this.#next(deadlines.answer)
    if (!datagram) {
      const what = {
        en: 'a datagram was awaited, and nothing came',
        ja: 'データグラムを待ちましたが何も届きませんでした',
      }
      throw this.#kit.fault('silent', this.#named(what), explain)
    }
    this.#step('receive', quote(datagram.data))
    return datagram
  }

  /** Expects that no datagram arrives for a while. */
  async quiet(explain: Explain = {}, milliseconds: number = deadlines.quiet): Promise<void> {
    this.#step('wait', { en: `${milliseconds} ms`, ja: `${milliseconds} ms` })
    const datagram = await this.#next(milliseconds)
    if (!datagram) return
    const { data } = datagram
    const came = quote(data)
    this.#step('receive', came)
    const what = {
      en: `the datagram ${came.en} came, where none should come for ${milliseconds} ms`,
      ja: `${milliseconds} ms の間、何も届かないはずのところにデータグラム ${spaced(came.ja)}が届きました`,
    }
    throw this.#kit.fault('extra', this.#named(what), explain)
  }

  /** Takes everything that had been sent to this end before the call, and returns it. */
  async drain(): Promise<Datagram[]> {
    const socket = await openSocket({ host: this.#local.host, port: 0 })
    // The kernel keeps datagrams to one socket in their order: what had been sent before this one comes before it.
    const seen = new Promise<void>((resolve) => {
      this.#last = { port: socket.address().port, seen: resolve }
    })
    try {
      await transmit(socket, Buffer.alloc(0), this.#local)
      if ((await within(deadlines.answer, seen)) === expired)
        throw new GraderFault('Expected the own datagram to come, found that it did not')
    } finally {
      socket.close()
    }
    return this.#arrived.splice(0)
  }

  /** Answers every datagram from now on, in the background: with what `reply` makes of it; with nothing where that is undefined. */
  answers(reply: (data: Buffer) => Buffer | undefined): void {
    this.#socket.removeAllListeners('message')
    this.#socket.on('message', (data, { address: host, port }) => {
      const answer = reply(data)
      if (answer) transmit(this.#socket, answer, { host, port }).catch(() => {}) // Whoever waits for it tells.
    })
  }

  /** Closes the socket, and resolves once its port is free. */
  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    this.#socket.close()
    await once(this.#socket, 'close')
  }

  #take(data: Buffer, { address: host, port }: RemoteInfo): void {
    if (port === this.#last?.port) return this.#last.seen()
    this.#kit.knows(port)
    this.#arrived.push({ data, from: { host, port } })
    this.#wake()
  }

  async #next(milliseconds: number): Promise<Datagram | undefined> {
    if (this.#arrived.length === 0) {
      const news = new Promise<void>((resolve) => (this.#wake = resolve))
      if ((await within(milliseconds, news)) === expired) return this.#arrived.shift()
    }
    return this.#arrived.shift()
  }

  #step(action: Parameters<Kit['transcript']['add']>[0], detail?: Text): void {
    if (!this.#silent) this.#kit.transcript.add(action, detail, this.#who)
  }

  #named(what: Text): Text {
    return this.#who === undefined ? what : join([same(`${this.#who}: `), what])
  }
}

/** A socket of the grader on an address; port 0 is a free one. */
export async function bindUdp(
  kit: Kit,
  { host = '127.0.0.1', port = 0 }: Partial<Address> = {},
  options: PeerOptions = {},
): Promise<UdpPeer> {
  return new UdpPeer(kit, await openSocket({ host, port }), undefined, options)
}

/** A socket of the grader that sends to an address, and expects what it receives to come from there. */
export async function connectUdp(
  kit: Kit,
  to: Address,
  options: PeerOptions & { localAddress?: string } = {},
): Promise<UdpPeer> {
  const { localAddress = isIPv6(to.host) ? '::1' : '127.0.0.1' } = options
  return new UdpPeer(kit, await openSocket({ host: localAddress, port: 0 }), to, options)
}

/** Expects that nobody has a socket at an address: a connected socket is told so by the kernel, udp(7). */
export async function refusedUdp(kit: Kit, to: Address, explain: Explain = {}): Promise<void> {
  const socket = createSocket(isIPv6(to.host) ? 'udp6' : 'udp4')
  const refused = new Promise<Error>((resolve) => socket.on('error', resolve))
  const answered = once(socket, 'message')
  try {
    socket.connect(to.port, to.host)
    await once(socket, 'connect')
    socket.send('anybody?')
    kit.transcript.add('send', quote('anybody?'))
    const outcome = await within(deadlines.answer, Promise.race([refused, answered]))
    if (outcome instanceof Error) return kit.transcript.add('refused')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED')
      return kit.transcript.add('refused')
    throw error
  } finally {
    answered.catch(() => {})
    socket.close()
  }
  const what = {
    en: 'somebody has a UDP socket where nobody should have one',
    ja: '誰もいないはずの場所に UDP ソケットがあります',
  }
  throw kit.fault('different', what, explain)
}

/** A bound socket, not yet read. */
export async function openSocket({ host, port }: Address): Promise<Socket> {
  const type = isIPv6(host) ? 'udp6' : 'udp4'
  // What a burst of answers needs, however slow the grader is; the kernel gives as much of it as it may.
  const socket = createSocket({ type, recvBufferSize: 1024 * 1024 })
  socket.bind(port, host)
  await once(socket, 'listening')
  return socket
}

/** Sends one datagram. */
export function transmit(socket: Socket, data: Buffer, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(data, port, host, (error) => (error ? reject(error) : resolve()))
  })
}

const sameAddress = (a: Address, b: Address) => a.host === b.host && a.port === b.port

function otherSender(from: Address, expected: Address): Text {
  return from.host === expected.host
    ? {
        en: 'the datagram came from another port than the one that was asked',
        ja: '送った先とは別のポートからデータグラムが届きました',
      }
    : {
        en: `the datagram came from ${from.host}, and ${expected.host} had been asked`,
        ja: `${expected.host} に送ったのに、データグラムは ${from.host} から届きました`,
      }
}

function neverCame(missing: Buffer[]): Text {
  const { en, ja } = listed(missing)
  return {
    en: `the datagram ${en} was awaited, and nothing came`,
    ja: `${ja}を待ちましたが何も届きませんでした`,
  }
}

/** How a datagram differs from those that were expected. */
function unlike(missing: Buffer[], data: Buffer): Text {
  const [wanted] = missing
  const at = wanted && missing.length === 1 ? firstDifference(wanted, data) : -1
  if (wanted && at >= 0 && Math.min(wanted.length, data.length) > 16) {
    const byte = {
      en: `byte ${at + 1} of the datagram is not the one that was expected`,
      ja: `データグラムの ${at + 1} バイト目が期待と違います`,
    }
    return join([byte, sideBySide(wanted, at, data[at]!)], '\n')
  }
  const expected = listed(missing)
  const found = brief(data)
  return {
    en: `the datagram ${found.en} came, where ${expected.en} was expected`,
    ja: `${expected.ja}が届くはずのところに ${spaced(found.ja)}が届きました`,
  }
}

/** `"one" or "two"`; a long one by its length. The Japanese names the datagrams too, and a particle may follow. */
function listed(datagrams: Buffer[]): Text {
  const texts = datagrams.map(brief)
  const unique = (language: 'en' | 'ja') => [...new Set(texts.map((text) => text[language]))]
  const ja = unique('ja').map(spaced).join('か ')
  return { en: unique('en').join(' or '), ja: ja.startsWith('"') ? `データグラム ${ja}` : ja }
}

function brief(data: Buffer): Text {
  if (data.length <= 64) return quote(data)
  const { en, ja } = bytesText(data.length)
  return { en: `of ${en}`, ja: `${ja}のデータグラム` }
}
