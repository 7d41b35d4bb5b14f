import { fileNames } from '../file-names.ts'
import type { Class } from '../result.ts'

/**
 * Our own format, `result.schema.json`: the class, and each result by itself. All others can be made of it. Texts are
 * as they were, in both languages; JSON escapes what it must.
 */
export function* write(theClass: Class): Generator<[string, string]> {
  yield [classFile, toJson(theClass)]
  const names = fileNames(theClass.learners)
  for (const result of theClass.results) {
    const { learner, suite } = result
    yield [`results/${names.get(learner.id)}/${suite.lesson}.json`, toJson(result)]
  }
}

/** Where the whole class is. */
export const classFile = 'class.json'

const toJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
