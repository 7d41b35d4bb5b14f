import { fileNames } from '../file-names.ts'
import type { Class } from '../result.ts'

/**
 * Our own format, `result.schema.json`: the class, and each learner as a class of one. All others can be made of it.
 * Texts are as they were, in both languages; JSON escapes what it must.
 */
export function* write(results: Class): Generator<[string, string]> {
  yield [classFile, toJson(results)]
  const names = fileNames(results.learners)
  const graded = Map.groupBy(results.results, ({ learner }) => learner.id)
  for (const learner of results.learners) {
    const own = graded.get(learner.id) ?? []
    const one: Class = { ...results, learners: [learner], results: own, refused: [] }
    yield [`json/learners/${names.get(learner.id)}.json`, toJson(one)]
  }
}

/** Where the whole class is. */
export const classFile = 'json/class.json'

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
