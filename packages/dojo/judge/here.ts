import { EventEmitter } from 'node:events'
import type { PoolRunnerInitializer, PoolWorker } from 'vitest/node'
import { init, runBaseTests, setupEnvironment } from 'vitest/worker'

/**
 * A pool of vitest that runs suites right here, in the process that asked for it: a thread of their own would take
 * longer to start than some checks take, and a judge only waits for what runs in processes of its own.
 */
export const here: PoolRunnerInitializer = {
  name: 'here',
  createPoolWorker: () => new Here(),
}

/** Both ends of vitest's channel between pool and worker. What goes through it is copied, as between threads. */
class Here implements PoolWorker {
  readonly name = 'here'
  readonly #toWorker = new EventEmitter()
  readonly #toPool = new EventEmitter()

  on = (event: string, callback: (...values: unknown[]) => void): void => {
    this.#toPool.on(event, callback)
  }

  off = (event: string, callback: (...values: unknown[]) => void): void => {
    this.#toPool.off(event, callback)
  }

  send = (message: unknown): void => {
    this.#toWorker.emit('message', structuredClone(message))
  }

  deserialize = (data: unknown): unknown => data

  async start(): Promise<void> {
    init({
      post: (message) => void this.#toPool.emit('message', structuredClone(message)),
      on: (callback) => void this.#toWorker.on('message', callback),
      off: (callback) => void this.#toWorker.off('message', callback),
      runTests: (state, traces) => runBaseTests('run', state, traces),
      collectTests: (state, traces) => runBaseTests('collect', state, traces),
      setup: setupEnvironment,
    })
  }

  async stop(): Promise<void> {
    this.#toWorker.removeAllListeners()
  }
}
