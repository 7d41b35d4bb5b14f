import { Judge } from '@socket-dojo/dojo/judge/judge'
import type { Choice } from '@socket-dojo/sandbox'

/** Has something judged, and, where that was our fault, once more. */
export async function twice<Result>(
  choice: Choice,
  work: (judge: Judge) => Promise<Result>,
  isFault: (result: Result) => boolean,
): Promise<Result> {
  const first = await once(choice, work)
  return isFault(first) ? once(choice, work) : first
}

/** By a judge that nobody used before, and nobody will: what a submission leaves in its namespaces is gone with it. */
async function once<Result>(
  choice: Choice,
  work: (judge: Judge) => Promise<Result>,
): Promise<Result> {
  const judge = new Judge(choice)
  try {
    return await work(judge)
  } finally {
    await judge.close()
  }
}
