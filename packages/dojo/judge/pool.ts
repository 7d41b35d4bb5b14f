import type { Choice } from '@socket-dojo/sandbox'
import { Judge } from './judge.ts'

/**
 * Does something with each item, `width` of them at a time, each time with a judge that nobody else uses meanwhile.
 * Results come in the order of the items. A judge that has failed is replaced.
 */
export async function withJudges<Item, Result>(
  choice: Choice,
  width: number,
  items: Iterable<Item>,
  work: (judge: Judge, item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const all = [...items]
  const queue = all.entries()
  const lane = async (): Promise<void> => {
    let judge = new Judge(choice)
    try {
      for (const [index, item] of queue) {
        if (judge.ended) judge = new Judge(choice)
        results[index] = await work(judge, item)
      }
    } finally {
      await judge.close()
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, lane))
  return results
}
