import { setTimeout as sleep } from 'node:timers/promises'
import type { Cap, Exit, Running } from '@socket-dojo/sandbox'
import { deadlines, expired, within } from './deadlines.ts'
import { capMet, exitFault, exitText } from './exit.ts'
import type { Advice, Explain, Outcome } from './fault.ts'
import { LearnerFault } from './fault.ts'
import { Module, openModule, startHost } from './module.ts'
import { Output } from './output.ts'
import {
  type Address,
  connectTcp,
  listenTcp,
  type PeerOptions,
  refusedTcp,
  type TcpListener,
  type TcpPeer,
  unansweredTcp,
} from './peers/tcp.ts'
import { freePort } from './peers/port.ts'
import { type Relay, type RelayOptions, relayUdp } from './peers/relay.ts'
import { bindUdp, connectUdp, refusedUdp, type UdpPeer } from './peers/udp.ts'
import { type Program, startFile, startProgram, viewProgram } from './program.ts'
import type { Random } from './random.ts'
import type { Job } from './job.ts'
import { give } from './scratch.ts'
import { share } from './shared.ts'
import type { Text } from './text.ts'
import { Transcript } from './transcript.ts'

/** Thrown by `skip`. */
export class Skipped extends Error {
  readonly reason: Text

  constructor(reason: Text) {
    super(reason.en)
    this.reason = reason
  }
}

/** What the body of a check works with. It belongs to one run of one check, and ends what was started in it. */
export class Kit {
  readonly transcript = new Transcript()
  readonly job: Job
  readonly random: Random
  readonly #ends: (() => unknown)[] = []
  readonly #ports = new Set<number>()
  readonly #processes: { file: string; output: Output }[] = []
  readonly #pids = new Set<number>()
  readonly #alone: boolean
  readonly #users: (() => number)[] = []
  measure: Text | undefined

  /** @param alone gives every program a process of its own, the shared ones too. */
  constructor(job: Job, random: Random, alone: boolean) {
    this.job = job
    this.random = random
    this.#alone = alone
  }

  /** Whether it used a process that another check used too, before or beside it: then a failure may be that one's. */
  get disturbed(): boolean {
    return this.#users.some((users) => users() > 1)
  }

  #share<T extends { output: Output }>(words: string[], make: () => T): T {
    const { process, users } = share([this.job.directory, ...words].join(' '), make)
    this.#users.push(users)
    return process
  }

  /** Puts a file where every program of the submission can read it; returns its path from their working directory. */
  give = (name: string, data: Buffer): string => give(this.job, name, data)

  /** Starts a program of the submission. */
  program = (file: string, args: string[] = []): Program => startProgram(this, file, args)

  /** Loads a module of the submission in a process of its own, ready to be called. */
  module = (file: string, explain: Explain = {}): Promise<Module> => openModule(this, file, explain)

  /**
   * The same, in a process that other checks use too: for checks that do it no harm. One that fails on a shared
   * process is judged once more in a process of its own, and only that verdict counts.
   */
  shared = {
    program: (file: string, args: string[] = []): Program => {
      if (this.#alone) return this.program(file, args)
      const run = () => ({
        output: new Output(startFile(this, file, { main: file, arguments: args })),
      })
      return viewProgram(this, file, args, this.#share([file, ...args], run).output)
    },
    module: (file: string, explain: Explain = {}): Promise<Module> => {
      if (this.#alone) return this.module(file, explain)
      return new Module(
        this,
        file,
        this.#share([file], () => startHost(this, file)),
      ).load(explain)
    },
  }

  tcp = {
    /** Connects to where a program listens. */
    connect: (
      address: Address,
      explain?: Explain,
      options?: PeerOptions & { localAddress?: string; localPort?: number },
    ): Promise<TcpPeer> => connectTcp(this, address, explain, options),
    /** Expects that nobody listens at an address. */
    refused: (address: Address, explain?: Explain): Promise<void> =>
      refusedTcp(this, address, explain),
    /** Expects that a connection is neither accepted nor refused. */
    unanswered: (address: Address, explain?: Explain): Promise<void> =>
      unansweredTcp(this, address, explain),
    /** Listens, for a program that is a client. */
    listen: (host?: string, port?: number): Promise<TcpListener> => listenTcp(this, host, port),
  }

  udp = {
    /** A socket of the grader; by default on a free port of 127.0.0.1. */
    bind: (address?: Partial<Address>, options?: PeerOptions): Promise<UdpPeer> =>
      bindUdp(this, address, options),
    /** A socket that sends to an address, and expects what it receives to come from there. */
    connect: (to: Address, options?: PeerOptions & { localAddress?: string }): Promise<UdpPeer> =>
      connectUdp(this, to, options),
    /** Expects that nobody has a socket at an address. */
    refused: (address: Address, explain?: Explain): Promise<void> =>
      refusedUdp(this, address, explain),
    /** A bad wire to a server. */
    relay: (options: RelayOptions): Promise<Relay> => relayUdp(this, options),
  }

  /** A port that is free for TCP and UDP, and that nobody gets by chance. */
  freePort = (): Promise<number> => freePort(this)

  /** A kit for the reference solution, to measure it beside the submission, in the same minute. */
  reference = (): Kit => {
    const { reference } = this.job
    if (reference === undefined) return this.skip(noReference)
    const job = { ...this.job, directory: reference, problems: {} }
    const kit = new Kit(job, this.random, true)
    this.onEnd(() => kit.end())
    return kit
  }

  /** What was measured, for the report of a stretch check. */
  measured = (measure: Text): void => {
    this.measure = measure
  }

  /** The submission did something else than it should, for a reason that only the suite can tell. */
  fail = (what: Text, advice: Partial<Advice> = {}, outcome: Outcome = 'different'): never => {
    throw new LearnerFault(outcome, what, advice)
  }

  /** This cannot be checked on this machine: the check is shown as skipped, with the reason, and costs no points. */
  skip = (reason: Text): never => {
    throw new Skipped(reason)
  }

  /**
   * Waits until something is true of the system, looking often: for what announces itself by no event.
   * Returns whether it came true in time.
   */
  until = async (holds: () => boolean, milliseconds: number = deadlines.end): Promise<boolean> => {
    let over = false
    const looks = async (): Promise<void> => {
      for (;;) {
        const began = performance.now()
        if (holds() || over) return
        // A look at the kernel's tables takes a millisecond or more: most of the time is for what is looked for.
        await sleep(Math.max(1, 4 * (performance.now() - began)))
      }
    }
    await within(milliseconds, looks())
    over = true
    return holds()
  }

  /** The fault for an outcome: what the call site says of it goes before what is generally said. */
  fault(
    outcome: Outcome,
    what: Text,
    explain: Explain,
    general: Partial<Advice> = {},
  ): LearnerFault {
    return new LearnerFault(outcome, what, { ...general, ...explain[outcome] }, explain)
  }

  /** The caps that processes of this check have met, each once. */
  get limits(): Cap[] {
    const met = this.#processes.map(({ output }) => capMet(output.exit, output.last))
    return [...new Set(met)].filter((cap) => cap !== undefined)
  }

  /** The files of the submission that this check has run, each once. */
  get files(): string[] {
    const files = this.#processes.map(({ file }) => file)
    return [...new Set(files)].filter((file) => !file.startsWith('../')) // The course has programs too.
  }

  /** Whether a process of this check has something to do now. */
  get busy(): boolean {
    return this.#processes.some(({ output }) => output.running.runnable)
  }

  /** Remembers a process of the submission that this check talks to. */
  uses(file: string, output: Output): void {
    this.#processes.push({ file, output })
  }

  /**
   * The reason behind a fault: what ended, broke, was refused or did not come because a process has crashed is told as
   * that crash. Its end may be seen a little later than that of its connections. One that is silent because it fills
   * memory is told as what that comes to, however slow the machine's memory is.
   */
  async behind(fault: LearnerFault): Promise<LearnerFault> {
    const silent = fault.outcome === 'silent'
    if (!silent && !['ended', 'reset', 'refused'].includes(fault.outcome)) return fault
    for (const { file, output } of this.#processes) {
      const { running } = output
      const exit = await (silent
        ? endOfGrowth(running)
        : within(4 * deadlines.quiet, running.exited))
      if (exit === expired || (exit.status === 0 && !exit.cap)) continue
      if (!silent) this.transcript.forgetLastPeer()
      if (!silent || capMet(exit, output.last) === undefined)
        this.transcript.add('exit', exitText(exit))
      return exitFault(this, file, exit, output.last, running.directory, fault.explain)
    }
    return fault
  }

  /** Remembers a port number that must not stand in a report, since it differs in every run. */
  knows(port: number | undefined): void {
    if (port) this.#ports.add(port)
  }

  get ports(): Iterable<number> {
    return this.#ports
  }

  isPort(word: string): boolean {
    return this.#ports.has(Number(word))
  }

  /** Remembers the number of a process, for the same reason. */
  knowsPid(pid: number): void {
    this.#pids.add(pid)
  }

  isPid(number: number): boolean {
    return this.#pids.has(number)
  }

  /** Registers what has to be ended with the check: on the line after it was acquired. */
  onEnd(end: () => unknown): void {
    this.#ends.push(end)
  }

  /** Ends everything, the last acquired first. */
  async end(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end()
  }
}

/**
 * Waits as long as a program fills memory, or is ending: how it ends, or `expired` where it does neither, or has
 * stopped.
 */
async function endOfGrowth(running: Running): Promise<Exit | typeof expired> {
  for (let before = running.resident; ;) {
    // With much memory, it may collect its garbage for a while before it goes on.
    const exit = await within(before > much ? deadlines.end : deadlines.quiet, running.exited)
    if (exit !== expired) return exit
    const now = running.resident
    const ending = running.cap !== undefined || now < nodeItself
    if (!ending && now < before + growth) return expired
    before = now
  }
}

/** Memory, in bytes, that each program has at least, since Node has it: one with less has ended, its memory first. */
const nodeItself = 16 * 1024 * 1024

/** More, in bytes, than a program has that only waits. */
const much = 64 * 1024 * 1024

/** Memory, in bytes, by which a program that only waits does not grow. */
const growth = 256 * 1024

const noReference: Text = {
  en: 'there is no reference solution here to measure against',
  ja: '比べる相手となる解答例がここにはありません',
}
