import { expect, test } from 'vitest'
import { expired, within } from './deadlines.ts'

test('what comes in time is returned, what is thrown is thrown', async () => {
  expect(await within(1_000, Promise.resolve('here'))).toBe('here')
  await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('what does not come is expired, not before the time', async () => {
  const started = performance.now()
  expect(await within(50, new Promise(() => {}))).toBe(expired)
  expect(performance.now() - started).toBeGreaterThanOrEqual(49)
})

test('what came while this process was held up has come in time', async () => {
  const soon = new Promise((resolve) => setTimeout(resolve, 20, 'here'))
  const result = within(60, soon)
  for (const until = performance.now() + 150; performance.now() < until;);
  expect(await result).toBe('here')
})
