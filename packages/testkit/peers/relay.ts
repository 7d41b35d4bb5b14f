import type { Socket } from 'node:dgram'
import type { Kit } from '../kit.ts'
import type { Random } from '../random.ts'
import { type Text } from '../text.ts'
import type { Address } from './tcp.ts'
import { openSocket, transmit } from './udp.ts'

/** What becomes of one datagram on the way. */
export type RelayAction =
  | 'pass'
  | 'drop'
  /** It arrives twice. */
  | 'twice'
  /** It arrives after the next one; alone, where no other comes within 20 ms. */
  | 'swap'
  /** It arrives some milliseconds late; others overtake it. */
  | { delay: number }

export interface RelayOptions {
  /** The server. */
  to: Address
  /** What becomes of the datagrams to the server, in their order; then from the beginning again. Default: a plan of `random`. */
  there?: RelayAction[]
  /** The same for the datagrams back. */
  back?: RelayAction[]
}

/**
 * A bad wire: stands between clients and a server, and drops, doubles, reorders and delays datagrams by a plan.
 * The plan is in the transcript, numbered, with the seed of the run. What really passes is not: retransmissions
 * depend on time.
 */
export class Relay {
  readonly address: Address
  readonly #front: Socket
  readonly #server: Address
  readonly #there: Direction
  readonly #back: Direction
  /** Each client has a socket of its own towards the server, as behind a NAT. */
  readonly #clients = new Map<string, Promise<Socket>>()
  #open = true

  constructor(kit: Kit, front: Socket, { to, there, back }: RelayOptions) {
    const { address: host, port } = front.address()
    this.address = { host, port }
    this.#front = front
    this.#server = to
    this.#there = new Direction(there ?? relayPlan(kit.random, 'there'))
    this.#back = new Direction(back ?? relayPlan(kit.random, 'back'))
    front.on('message', (data, sender) => {
      void this.#upstream({ host: sender.address, port: sender.port }).then((socket) =>
        this.#there.carry(() => this.#send(socket, data, this.#server)),
      )
    })
    front.on('error', () => {})
    kit.knows(port)
    kit.transcript.add('relay', planText(kit.job.seed, this.#there.plan, this.#back.plan))
    kit.onEnd(() => this.close())
  }

  /** Ends it. What is still on its way is lost. */
  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    this.#there.stop()
    this.#back.stop()
    this.#front.close()
    for (const socket of await Promise.all(this.#clients.values())) socket.close()
  }

  #upstream(client: Address): Promise<Socket> {
    const key = `${client.host} ${client.port}`
    const known = this.#clients.get(key)
    if (known) return known
    const made = openSocket({ host: this.address.host, port: 0 }).then((socket) => {
      socket.on('message', (data) => this.#back.carry(() => this.#send(this.#front, data, client)))
      return socket.on('error', () => {})
    })
    this.#clients.set(key, made)
    return made
  }

  #send(socket: Socket, data: Buffer, to: Address): void {
    if (this.#open) transmit(socket, data, to).catch(() => {}) // A wire tells nobody what it lost.
  }
}

/** Makes a relay on a free port of 127.0.0.1. */
export async function relayUdp(kit: Kit, options: RelayOptions): Promise<Relay> {
  return new Relay(kit, await openSocket({ host: '127.0.0.1', port: 0 }), options)
}

/**
 * A plan: of each four datagrams about one is dropped and one doubled, reordered or delayed, and never more than two
 * in a row are dropped, not even where the plan begins anew. So three attempts bring a datagram through one direction.
 */
export function relayPlan(random: Random, label: string, length = 12): RelayAction[] {
  const plan: RelayAction[] = []
  for (let number = 0; number < length; number++) {
    const chosen = actions[random.integer(0, actions.length - 1, `relay ${label} ${number}`)]!
    // The first is never dropped, so that the end of a plan and its beginning make no longer row.
    const tooMany = number === 0 || (plan.at(-1) === 'drop' && plan.at(-2) === 'drop')
    plan.push(chosen === 'drop' && tooMany ? 'pass' : chosen)
  }
  return plan
}

const actions: RelayAction[] = [
  'pass',
  'pass',
  'pass',
  'drop',
  'drop',
  'drop',
  'twice',
  'twice',
  'swap',
  { delay: 5 },
  { delay: 30 },
]

/** Milliseconds after which a datagram that waits for the next one goes alone. */
const longestSwap = 20

/** The datagrams of one direction, and what becomes of each. */
class Direction {
  readonly plan: RelayAction[]
  readonly #timers = new Set<NodeJS.Timeout>()
  #number = 0
  #held: (() => void) | undefined

  constructor(plan: RelayAction[]) {
    this.plan = plan
  }

  carry(send: () => void): void {
    const held = this.#held
    this.#held = undefined
    this.#act(this.plan[this.#number++ % this.plan.length] ?? 'pass', send)
    held?.()
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }

  #act(action: RelayAction, send: () => void): void {
    if (action === 'drop') return
    if (action === 'swap') return this.#hold(send)
    if (typeof action === 'object') return this.#later(action.delay, send)
    send()
    if (action === 'twice') send()
  }

  #hold(send: () => void): void {
    this.#held = send
    this.#later(longestSwap, () => {
      if (this.#held !== send) return
      this.#held = undefined
      send()
    })
  }

  #later(milliseconds: number, send: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      send()
    }, milliseconds)
    this.#timers.add(timer)
  }
}

function planText(seed: string, there: RelayAction[], back: RelayAction[]): Text {
  return {
    en: `seed ${seed}, over and over\nto the server: ${numbered(there, 'en')}\nback: ${numbered(back, 'en')}`,
    ja: `シード ${seed}、繰り返し\nサーバーへ: ${numbered(there, 'ja')}\nクライアントへ: ${numbered(back, 'ja')}`,
  }
}

function numbered(plan: RelayAction[], language: 'en' | 'ja'): string {
  const words = plan.map((action) =>
    typeof action === 'object' ? `+${action.delay} ms` : names[action][language],
  )
  return words.map((word, index) => `${index + 1} ${word}`).join(', ')
}

const names = {
  pass: { en: 'pass', ja: '通す' },
  drop: { en: 'drop', ja: '捨てる' },
  twice: { en: 'twice', ja: '2 回' },
  swap: { en: 'swap', ja: '入れ替え' },
}
