/**
 * The process that judges: it runs hidden suites with vitest, one submission after another. The learner's code never
 * runs in it. It is asked, and answers, on file descriptor 3.
 */
import { flushCompileCache } from 'node:module'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Verdict } from '@socket-dojo/testkit/check'
import { endRun } from '@socket-dojo/testkit/ending'
import { verdicts } from '@socket-dojo/testkit/verdicts'
import { closeInherited } from '@socket-dojo/sandbox'
import {
  createVitest,
  type Reporter,
  type TestCase,
  type TestModule,
  type Vitest,
} from 'vitest/node'
import { here } from './here.ts'
import type { Event, Request } from './protocol.ts'

closeInherited(3)
const channel = new Socket({ fd: 3 })
// Whoever asked has gone: nothing that is judged now is for anybody. vitest forbids process.exit() while suites run.
const exit = process.exit.bind(process)
channel.on('close', () => exit())
const requests = createInterface({ input: channel })[Symbol.asyncIterator]()

/** Checks of the present submission whose verdict was sent. */
const told = new Set<string>()
verdicts.on('verdict', tell)

const packages = join(import.meta.dirname, '../..')
const reporter: Reporter = {
  onTestModuleCollected: (module) => send({ checks: cases(module).map(declared) }),
  onTestCaseResult: (test) => {
    const { verdict } = test.meta()
    if (verdict) tell(verdict)
  },
  onTestRunEnd: (modules, errors) => {
    const fault = [
      ...modules.flatMap(faults),
      ...errors.map((error) => error.stack ?? error.message),
    ][0]
    if (fault !== undefined) send({ fault })
  },
}
const vitest = await startVitest()

for await (const line of requests) {
  await judge(JSON.parse(line) as Request)
  flushCompileCache() // This process is ended from outside, and the cache is else written only at an end.
  send({ done: true })
}

function startVitest(): Promise<Vitest> {
  return createVitest('test', {
    config: false,
    root: packages,
    include: ['lesson-*/suite/index.test.{ts,js}'], // The learner's edition has it as one bundled file.
    watch: false,
    reporters: [reporter],
    pool: here,
    isolate: true, // Each submission meets a suite that was loaded for it.
    server: { deps: { external: [/\/packages\/(sandbox|testkit)\//] } },
    fileParallelism: false,
    maxWorkers: 1,
    sequence: { concurrent: true },
    maxConcurrency: 16,
    testTimeout: 600_000, // Every wait has its own deadline: this one is only met by a fault of ours.
  })
}

async function judge({ lesson, job }: Request): Promise<void> {
  told.clear()
  try {
    vitest.provide('job', job)
    await vitest.runTestSpecifications(
      await vitest.globTestSpecifications([`${lesson}/suite/index.test.`]),
    )
    await endRun()
  } catch (error) {
    send({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function cases(module: TestModule): TestCase[] {
  return [...module.children.allTests()]
}

function declared(test: TestCase) {
  const { check } = test.meta()
  if (!check)
    throw new Error(
      `Expected every test of a suite to be a check, found "${test.name}": use check()`,
    )
  return check
}

/** What went wrong that is not the learner's: suites that do not load, tests that failed without a verdict. */
function faults(module: TestModule): string[] {
  const broken = cases(module).filter((test) => {
    const { verdict } = test.meta()
    return test.result().state === 'failed' && verdict?.outcome !== 'failed'
  })
  const errors = [...module.errors(), ...broken.flatMap((test) => test.result().errors ?? [])]
  return errors.map((error) => error.stack ?? error.message)
}

/** A verdict comes twice: at once from the check itself, and once more, for certain, with the result of its test. */
function tell(verdict: Verdict): void {
  if (!told.has(verdict.check)) send({ verdict })
  told.add(verdict.check)
}

function send(event: Event): void {
  channel.write(`${JSON.stringify(event)}\n`)
}
