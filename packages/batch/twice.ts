import { Judge } from '@socket-dojo/dojo/judge/judge'

/** Has something judged, and, where that was our fault, once more, by a judge that nobody used before. */
export async function twice<Result>(
  judge: Judge,
  work: (judge: Judge) => Promise<Result>,
  isFault: (result: Result) => boolean,
): Promise<Result> {
  const first = await work(judge)
  if (!isFault(first)) return first
  const fresh = new Judge(judge.choice)
  try {
    return await work(fresh)
  } finally {
    await fresh.close()
  }
}
