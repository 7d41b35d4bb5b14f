import { once } from 'node:events'
import { connect, createServer, type Server, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fairTime } from '@socket-dojo/sandbox'
import { bytesText, firstDifference, quote, sideBySide, toBytes } from '../bytes.ts'
import { deadlines, expired, within } from '../deadlines.ts'
import { type Explain, GraderFault } from '../fault.ts'
import { type KernelSocket, kernelSockets } from '../kernel.ts'
import type { Kit } from '../kit.ts'
import { join, same, spaced, type Text } from '../text.ts'
import { type NoBytes, Reader } from './stream.ts'

/** Where a socket is. */
export interface Address {
  host: string
  port: number
}

export interface PeerOptions {
  /** Its name in the transcript, where there are several. */
  name?: string
  /** Leaves its steps out of the transcript: for one of very many. */
  silent?: boolean
}

export interface SendOptions {
  /** Cuts: lengths of the pieces, the last one repeated as often as needed. Each piece is a write of its own. */
  pieces?: number[]
  /** Milliseconds between two pieces. */
  every?: number
  /** Sends a piece only when the other side has read the one before: so none is joined to another on its way. */
  singly?: boolean
}

/** The grader's end of a TCP connection. */
export class TcpPeer {
  readonly #kit: Kit
  readonly #socket: Socket
  readonly #reader: Reader
  readonly #who: string | undefined
  readonly #silent: boolean
  /**
   * This end's address, as the other side sees it. It is asked for at once: a socket that was reset has none any more,
   * and one that was reset before anybody could ask never tells; its port is 0.
   */
  readonly local: Address

  constructor(kit: Kit, socket: Socket, { name, silent = false }: PeerOptions) {
    this.#kit = kit
    this.local = { host: socket.localAddress ?? '', port: socket.localPort ?? 0 }
    this.#socket = socket.setNoDelay(true)
    this.#reader = new Reader(socket)
    this.#who = name
    this.#silent = silent
    kit.knows(socket.localPort)
    kit.knows(socket.remotePort)
    kit.onEnd(() => void socket.destroy())
  }

  /** Sends, and resolves once the kernel has taken everything. A connection that ends meanwhile is no error here: reading tells. */
  async send(data: Buffer | string, { pieces, every, singly }: SendOptions = {}): Promise<void> {
    this.#step('send', quote(data))
    for (const piece of cut(toBytes(data), pieces)) {
      if (!this.#socket.writable) return
      if (!this.#socket.write(piece)) await this.#drained()
      if (every !== undefined) await sleep(every)
      if (singly) await this.#taken()
    }
  }

  /** Waits until the other side has read everything: its socket is a row of the kernel's table too, where there is one. */
  async #taken(): Promise<void> {
    if (this.#ends() === undefined) return sleep(10)
    await this.#kit.until(() => !this.#ends()!.theirs?.unread, deadlines.answer)
  }

  /** Both ends of the connection as the kernel has them, each undefined where it is gone; undefined where it does not tell. */
  #ends(): { ours: KernelSocket | undefined; theirs: KernelSocket | undefined } | undefined {
    const { localPort, remotePort, remoteFamily } = this.#socket
    const rows = kernelSockets([remoteFamily === 'IPv6' ? 'IPv6' : 'IPv4'])
    const at = (local?: number, remote?: number) =>
      rows?.find((row) => row.localPort === local && row.remotePort === remote)
    return rows && { ours: at(localPort, remotePort), theirs: at(remotePort, localPort) }
  }

  /**
   * Does not read until nothing moves any more, and no process has anything to do: the other side has read everything,
   * or will not go on before somebody reads what it has sent.
   */
  async standstill(): Promise<void> {
    this.#step('wait', { en: 'until nothing moves', ja: '動きがなくなるまで' })
    const started = fairTime()
    let moved = started
    const queues = () => {
      const { ours, theirs } = this.#ends() ?? {}
      return [this.#socket.bytesWritten, ours?.unread, theirs?.unread].join()
    }
    for (let before = '', now = queues(); now !== before || this.#kit.busy; now = queues()) {
      if (now !== before) moved = fairTime()
      if (fairTime() - moved > deadlines.answer || fairTime() - started > longestMove) return
      before = now
      await within(deadlines.quiet, new Promise(() => {}))
    }
  }

  /** Does not read for a while, so that what the other side sends has to wait. */
  async delay(milliseconds: number): Promise<void> {
    this.#step('wait', same(`${milliseconds} ms`))
    await sleep(milliseconds)
  }

  /** Half-close: nothing more is sent, and reading goes on (shutdown(2) with SHUT_WR). */
  finish(): void {
    this.#step('half-close')
    this.#socket.end()
  }

  /** Waits until the other side's kernel has this end's end: until it has acknowledged it (RFC 9293, section 3.6). */
  async finished(): Promise<void> {
    if (this.#ends() === undefined) return sleep(10)
    await this.#kit.until(() => this.#ends()!.ours?.state === 'FIN_WAIT2')
  }

  /** Closes at once with a reset: what is under way in both directions is lost. */
  reset(): void {
    this.#step('reset')
    this.#socket.resetAndDestroy()
  }

  /** Closes both directions, without waiting for anything. */
  close(): void {
    this.#socket.destroy()
  }

  /**
   * Expects exactly these bytes, however they are cut. Returns when the last one is there.
   * @param what how the transcript shows them. Default: their beginning.
   */
  async receive(expected: Buffer | string, explain: Explain = {}, what?: Text): Promise<void> {
    const wanted = toBytes(expected)
    const started = fairTime()
    let received = 0
    while (received < wanted.length) {
      const bytes = await this.#reader.next(deadlines.answer, wanted.length - received)
      if (!Buffer.isBuffer(bytes)) this.#broken(bytes, wanted, received, explain)
      const at = firstDifference(wanted.subarray(received, received + bytes.length), bytes)
      if (at >= 0) this.#different(wanted, received + at, bytes[at]!, explain)
      received += bytes.length
      const late = fairTime() - started > deadlines.transfer
      if (late) this.#broken('silent', wanted, received, explain)
    }
    this.#step('receive', what ?? quote(wanted))
  }

  /**
   * Expects a line, and returns it without its newline: for what the grader cannot foretell.
   * @param what how the transcript shows it: what varies from run to run must not stand there.
   */
  async receiveLine(
    explain: Explain = {},
    what: (line: string) => Text = (line) => quote(`${line}\n`),
    limit = 200,
  ): Promise<string> {
    let line = ''
    while (line.length < limit) {
      const bytes = await this.#reader.next(deadlines.answer, 1)
      if (!Buffer.isBuffer(bytes)) this.#noLine(bytes, line, what, explain)
      if (bytes[0] === 0x0a) break
      line += bytes.toString('latin1')
    }
    this.#step('receive', what(line))
    return line
  }

  /** Expects the other side to finish: an end of stream, and not a byte before it. */
  async receiveEnd(explain: Explain = {}, milliseconds: number = deadlines.end): Promise<void> {
    const bytes = await this.#reader.next(milliseconds)
    if (bytes === 'ended') return this.#step('end', saw.ended)
    if (Buffer.isBuffer(bytes)) {
      const came = quote(bytes)
      this.#step('receive', came)
      const what = {
        en: `${came.en} came where nothing more was expected`,
        ja: `何も届かないはずのところに ${spaced(came.ja)}が届きました`,
      }
      throw this.#kit.fault('extra', what, explain)
    }
    if (bytes === 'reset') this.#step('reset', saw.reset)
    throw this.#kit.fault(bytes, bytes === 'reset' ? saw.resetInsteadOfEnd : saw.neverEnds, explain)
  }

  /** Everything up to the end of the stream, at most `limit` bytes. */
  async receiveAll(explain: Explain = {}, limit = 64 * 1024): Promise<Buffer> {
    const pieces: Buffer[] = []
    for (let total = 0; total <= limit;) {
      const bytes = await this.#reader.next(deadlines.answer)
      if (bytes === 'ended') {
        this.#step('receive', quote(Buffer.concat(pieces)))
        this.#step('end', saw.ended)
        return Buffer.concat(pieces)
      }
      if (!Buffer.isBuffer(bytes))
        throw this.#kit.fault(
          bytes,
          bytes === 'reset' ? saw.resetInsteadOfEnd : saw.neverEnds,
          explain,
        )
      pieces.push(bytes)
      total += bytes.length
    }
    throw this.#kit.fault(
      'extra',
      { en: 'data without end came', ja: 'データが際限なく届きました' },
      explain,
    )
  }

  /** Expects that nothing arrives for a while, and the connection stays. */
  async quiet(explain: Explain = {}, milliseconds: number = deadlines.quiet): Promise<void> {
    this.#step('wait', { en: `${milliseconds} ms`, ja: `${milliseconds} ms` })
    const bytes = await this.#reader.next(milliseconds)
    if (bytes === 'silent') return
    if (!Buffer.isBuffer(bytes)) {
      this.#over(bytes)
      throw this.#kit.fault(bytes, join([this.#name(), saw.tooEarly]), explain)
    }
    const came = quote(bytes)
    this.#step('receive', came)
    const what = {
      en: `${came.en} came, where nothing should come for ${milliseconds} ms`,
      ja: `${milliseconds} ms の間、何も届かないはずのところに ${spaced(came.ja)}が届きました`,
    }
    throw this.#kit.fault('extra', what, explain)
  }

  /** Expects the connection to be over, by an end or a reset, whatever came before. */
  async gone(explain: Explain = {}): Promise<void> {
    for (;;) {
      const bytes = await this.#reader.next(deadlines.end)
      if (bytes === 'ended' || bytes === 'reset') return this.#step('end', saw.closed)
      if (bytes === 'silent') throw this.#kit.fault('silent', saw.neverEnds, explain)
    }
  }

  async #drained(): Promise<void> {
    const gone = new AbortController()
    const { signal } = gone
    try {
      await Promise.race([
        once(this.#socket, 'drain', { signal }),
        once(this.#socket, 'close', { signal }),
      ])
    } catch {
      // An error of the connection: reading tells.
    } finally {
      gone.abort()
    }
  }

  #step(action: Parameters<Kit['transcript']['add']>[0], detail?: Text): void {
    if (!this.#silent) this.#kit.transcript.add(action, detail, this.#who)
  }

  #over(how: 'ended' | 'reset'): void {
    this.#step(how === 'reset' ? 'reset' : 'end', saw[how])
  }

  #broken(how: NoBytes, wanted: Buffer, received: number, explain: Explain): never {
    if (how !== 'silent') this.#over(how)
    const what =
      received === 0
        ? join([this.#name(), nothingCame[how](quote(wanted))])
        : join([this.#name(), partCame[how](bytesText(wanted.length))])
    throw this.#kit.fault(how, what, explain)
  }

  #noLine(how: NoBytes, line: string, what: (line: string) => Text, explain: Explain): never {
    if (how !== 'silent') this.#over(how)
    const text = line === '' ? nothingCame[how](aLine) : noNewline(what(line))
    throw this.#kit.fault(how, join([this.#name(), text]), explain)
  }

  #different(wanted: Buffer, index: number, found: number, explain: Explain): never {
    const position = index + 1
    const said = {
      en: `byte ${position} is not the one that was expected`,
      ja: `${position} バイト目が期待と違います`,
    }
    const what = join([join([this.#name(), said]), sideBySide(wanted, index, found)], '\n')
    throw this.#kit.fault('different', what, explain)
  }

  #name(): Text {
    return this.#who === undefined ? same('') : { en: `${this.#who}: `, ja: `${this.#who}: ` }
  }
}

/** The grader's listening socket: for programs that are clients. */
export class TcpListener {
  readonly #kit: Kit
  readonly #server: Server
  readonly #accepted: Socket[] = []
  #wake: () => void = () => {}

  constructor(kit: Kit, server: Server) {
    this.#kit = kit
    this.#server = server
    server.on('connection', (socket) => {
      socket.on('error', () => {}) // Whoever reads it will tell.
      this.#accepted.push(socket)
      this.#wake()
    })
    kit.knows(this.address.port)
    kit.onEnd(() => {
      for (const socket of this.#accepted) socket.destroy()
      return this.close()
    })
  }

  get address(): Address {
    const { address, port } = this.#server.address() as { address: string; port: number }
    return { host: address, port }
  }

  /** Expects a client to connect. */
  async accept(explain: Explain = {}, options: PeerOptions = {}): Promise<TcpPeer> {
    if (this.#accepted.length === 0) {
      const news = new Promise<void>((resolve) => (this.#wake = resolve))
      if ((await within(deadlines.ready, news)) === expired) {
        const what = { en: 'nobody connected', ja: '誰も接続してきませんでした' }
        throw this.#kit.fault('silent', what, explain)
      }
    }
    const socket = this.#accepted.shift()!
    if (!options.silent) this.#kit.transcript.add('accept', undefined, options.name)
    return new TcpPeer(this.#kit, socket, options)
  }

  /** Listens no more; resolves when the port is free. Connections that were accepted stay. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = this.#accepted.length === 0 ? once(this.#server, 'close') : undefined
    this.#server.close()
    await closed
  }
}

/** Connects to where a program listens. */
export async function connectTcp(
  kit: Kit,
  address: Address,
  explain: Explain = {},
  options: PeerOptions & { localAddress?: string; localPort?: number } = {},
): Promise<TcpPeer> {
  const { localAddress, localPort } = options
  const socket = connect({
    ...address,
    allowHalfOpen: true,
    ...(localAddress !== undefined && { localAddress }),
    ...(localPort !== undefined && { localPort }),
  })
  kit.onEnd(() => void socket.destroy())
  const outcome = await within(
    deadlines.answer,
    once(socket, 'connect').catch((error: unknown) => error as NodeJS.ErrnoException),
  )
  if (outcome === expired) throw kit.fault('silent', saw.noConnection, explain)
  // One that was accepted and reset before we looked is a connection all the same: reading tells the rest.
  const wasReset = outcome instanceof Error && outcome.code === 'ECONNRESET'
  if (outcome instanceof Error && !wasReset) {
    if (outcome.code !== 'ECONNREFUSED') {
      const found = `Expected to connect to ${address.host}, found ${outcome.code}`
      throw new GraderFault(found, { cause: outcome })
    }
    kit.transcript.add('refused', undefined, options.name)
    throw kit.fault('refused', saw.refused, explain)
  }
  if (!options.silent) kit.transcript.add('connect', undefined, options.name)
  return new TcpPeer(kit, socket, options)
}

/** Expects that nobody listens at an address. */
export async function refusedTcp(kit: Kit, address: Address, explain: Explain = {}): Promise<void> {
  const socket = connect(address)
  kit.onEnd(() => void socket.destroy())
  const outcome = await within(
    deadlines.answer,
    once(socket, 'connect').catch((error: unknown) => error as Error),
  )
  if (outcome instanceof Error) return kit.transcript.add('refused')
  kit.transcript.add('connect', same(address.host))
  const what = {
    en: `a connection to ${address.host} was accepted, where nobody should be listening`,
    ja: `誰も待ち受けていないはずの ${address.host} への接続が受け入れられました`,
  }
  throw kit.fault('different', what, explain)
}

/** Expects that nobody answers at an address for a while: no connection, no refusal. */
export async function unansweredTcp(
  kit: Kit,
  address: Address,
  explain: Explain = {},
): Promise<void> {
  const socket = connect(address)
  kit.onEnd(() => void socket.destroy())
  const outcome = await within(
    deadlines.quiet,
    once(socket, 'connect').catch(() => 'refused' as const),
  )
  kit.transcript.add('connect', {
    en: `no answer for ${deadlines.quiet} ms`,
    ja: `${deadlines.quiet} ms の間、応答なし`,
  })
  if (outcome === expired) return
  const what = {
    en: outcome === 'refused' ? 'the connection was refused' : 'the connection was accepted',
    ja: outcome === 'refused' ? '接続が拒否されました' : '接続が受け入れられました',
  }
  throw kit.fault('different', what, explain)
}

/** Listens on an address; by default on a free port of 127.0.0.1. */
export async function listenTcp(kit: Kit, host = '127.0.0.1', port = 0): Promise<TcpListener> {
  const server = createServer({ allowHalfOpen: true })
  server.listen(port, host)
  await once(server, 'listening')
  return new TcpListener(kit, server)
}

/** Pieces of given lengths; without lengths, the whole. */
export function cut(data: Buffer, pieces: number[] = [data.length]): Buffer[] {
  const result: Buffer[] = []
  for (let from = 0, index = 0; from < data.length; index++) {
    const length = pieces[Math.min(index, pieces.length - 1)]!
    result.push(data.subarray(from, from + length))
    from += length
  }
  return result
}

const saw = {
  ended: { en: 'the other side closed the connection', ja: '相手が接続を閉じました' },
  reset: { en: 'the other side reset the connection', ja: '相手が接続をリセットしました' },
  closed: { en: 'the connection is over', ja: '接続が終わりました' },
  resetInsteadOfEnd: {
    en: 'the connection was reset, where it should end in the regular way',
    ja: '正常に終わるはずの接続がリセットされました',
  },
  tooEarly: {
    en: 'the connection was closed, where it should have stayed open',
    ja: '開いたままのはずの接続が閉じられました',
  },
  neverEnds: { en: 'the connection was not closed', ja: '接続が閉じられませんでした' },
  noConnection: {
    en: 'the connection was neither accepted nor refused',
    ja: '接続が受け入れも拒否もされませんでした',
  },
  refused: {
    en: 'the connection was refused: nobody listens there',
    ja: '接続が拒否されました。そこでは誰も待ち受けていません',
  },
} satisfies Record<string, Text>

const aLine: Text = { en: 'a line', ja: '1 行' }

const noNewline = ({ en, ja }: Text): Text => ({
  en: `${en} came without a newline after it`,
  ja: `${spaced(ja)}が届きましたが、そのあとに改行がありません`,
})

const nothingCame: Record<NoBytes, (wanted: Text) => Text> = {
  ended: ({ en, ja }) => ({
    en: `the connection was closed, and ${en} had not come`,
    ja: `${spaced(ja)}が届かないまま接続が閉じられました`,
  }),
  reset: ({ en, ja }) => ({
    en: `the connection was reset, and ${en} had not come`,
    ja: `${spaced(ja)}が届かないまま接続がリセットされました`,
  }),
  silent: ({ en, ja }) => ({
    en: `${en} was awaited, and nothing came`,
    ja: `${spaced(ja)}を待ちましたが何も届きませんでした`,
  }),
}

const partCame: Record<NoBytes, (wanted: Text) => Text> = {
  ended: ({ en, ja }) => ({
    en: `the connection was closed when only a part of ${en} had come`,
    ja: `${ja}のうち一部しか届かないまま接続が閉じられました`,
  }),
  reset: ({ en, ja }) => ({
    en: `the connection was reset when only a part of ${en} had come`,
    ja: `${ja}のうち一部しか届かないまま接続がリセットされました`,
  }),
  silent: ({ en, ja }) => ({
    en: `only a part of ${en} came, and then nothing more`,
    ja: `${ja}のうち一部しか届かず、その後は何も届きませんでした`,
  }),
}

/** The most that `standstill` waits where something moves all the time, in milliseconds of fair time. */
const longestMove = 10 * deadlines.answer
