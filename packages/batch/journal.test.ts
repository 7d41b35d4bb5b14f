import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { Journal, openJournal } from './journal.ts'
import type { Judged } from './judging.ts'

const key = { lesson: 'lesson-2-tcp-server', suite: 'a'.repeat(64), learner: 'ada', content: 'c1' }

test('plans a grading once, and is done with it once', () => {
  const journal = open()
  const [id] = plan(journal)
  expect(plan(journal)).toEqual([id])
  journal.done(id!, judged(1))
  journal.done(id!, judged(2))
  expect(journal.pending([key])).toEqual([])
  expect(journal.find(key)).toMatchObject({ id, judged: { report: { points: 1 } } })
})

test('a grading without a verdict stays on the list, and a verdict takes its place', () => {
  const journal = open()
  const [id] = plan(journal)
  journal.done(id!, { ...judged(0), status: 'grader_error' })
  expect(journal.pending([key])).toEqual([id])
  journal.done(id!, judged(3))
  expect(journal.find(key)?.judged.report.points).toBe(3)
})

test.each(['lesson-2-tcp-server', 'ada', 'aaaaaaaa'])('judges again by %s', async (word) => {
  const journal = open()
  const [id] = plan(journal)
  journal.done(id!, judged(1))
  await later()
  journal.regrade([word])
  const [again] = plan(journal)
  expect(again).not.toBe(id)
  expect(journal.job(again!).seed).not.toBe(journal.job(id!).seed)
})

test('a word that is the beginning of a hash by chance strikes nothing', () => {
  const journal = open()
  journal.done(plan(journal)[0]!, judged(1))
  for (const word of ['a', '%', 'bob', 'aaaa']) journal.regrade([word])
  expect(journal.find(key)).toBeDefined()
})

test('the same command goes on where it was cut off, and begins anew after its end', async () => {
  const journal = open()
  journal.done(plan(journal)[0]!, judged(1))
  await later()
  journal.regrade(['ada'])
  journal.done(plan(journal)[0]!, judged(2))
  journal.regrade(['ada'])
  expect(journal.find(key)?.judged.report.points).toBe(2)
  journal.finish()
  await later()
  journal.regrade(['ada'])
  expect(journal.find(key)).toBeUndefined()
})

test('shards of one class become one', async () => {
  const [whole, one] = [temporary(), temporary()]
  const shard = new Journal(one)
  shard.done(plan(shard)[0]!, judged(4))
  shard.close()
  const journal = open(whole)
  plan(journal)
  await journal.merge(one)
  expect(journal.find(key)?.judged.report.points).toBe(4)
  await expect(journal.merge(temporary())).rejects.toThrow('holds no gradings')
})

test('one run at a time', () => {
  const folder = temporary()
  const journal = open(folder)
  expect(() => new Journal(folder)).toThrow('Another run is at work')
  journal.keep('c1', {})
})

test(
  'what it said it has kept is there after kill -9, and the file is whole',
  { timeout: 120_000 },
  async () => {
    const folder = temporary()
    let kept = 0
    for (let round = 0; round < 2; round++) {
      const writer = spawn(
        process.execPath,
        [join(import.meta.dirname, 'fixtures/writer.ts'), folder],
        {
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      const exit = once(writer, 'exit')
      const enough = 3 + 2 * round
      let lines = 0
      for await (const line of createInterface({ input: writer.stdout })) {
        kept = Number(line)
        if (++lines === enough) writer.kill('SIGKILL')
      }
      await exit
      const journal = openJournal(folder)
      const keys = Array.from({ length: kept }, (_, index) => ({
        ...key,
        content: `c${index + 1}`,
      }))
      expect(journal.pending(keys)).toEqual([])
      for (const one of keys) expect(journal.find(one)).toBeDefined()
      journal.close()
    }
  },
)

function plan(journal: Journal): string[] {
  journal.keep('c1', { 'echo.ts': '' })
  journal.plan(key)
  return journal.pending([key])
}

const judged = (points: number) => ({ status: 'graded', report: { points } }) as unknown as Judged

function open(folder = temporary()): Journal {
  const journal = new Journal(folder)
  onTestFinished(() => journal.close())
  return journal
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-journal-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Times in the journal are of milliseconds: waits for the next one. */
async function later(): Promise<void> {
  const now = Date.now()
  while (Date.now() <= now) await new Promise((resolve) => setImmediate(resolve))
}
