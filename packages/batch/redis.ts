import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A redis-server of our own, on a free port of the loopback, that keeps nothing on disk. For tests and rehearsals. */
export class Redis {
  readonly url: string
  readonly #port: number
  readonly #folder = mkdtempSync(join(tmpdir(), 'dojo-redis-'))
  #server: ChildProcess | undefined

  private constructor(port: number) {
    this.#port = port
    this.url = `redis://127.0.0.1:${port}`
  }

  static async start(): Promise<Redis> {
    const redis = new Redis(await freePort())
    await redis.begin()
    return redis
  }

  /** Resolves once it accepts connections. */
  async begin(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '']
    this.#server = spawn('redis-server', options, { cwd: this.#folder, stdio: 'ignore' })
    while (!(await this.#answers())) {
      if (this.#server.exitCode !== null) throw new Error('Expected redis-server to start')
      await sleep(20)
    }
  }

  /** Ends it, as a power cut would: what it held is gone. */
  async kill(): Promise<void> {
    if (!this.#server || this.#server.exitCode !== null || this.#server.signalCode !== null) return
    const exit = once(this.#server, 'exit')
    this.#server.kill('SIGKILL')
    await exit
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #answers(): Promise<boolean> {
    const socket = connect(this.#port, '127.0.0.1')
    return once(socket, 'connect').then(
      () => (socket.destroy(), true),
      () => false,
    )
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
