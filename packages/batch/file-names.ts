import { createHash } from 'node:crypto'
import type { Learner } from './result.ts'

/**
 * A file name for each learner, by id: the id itself where it is harmless, else with `%2F` and the like for what is not
 * a letter of ASCII, a digit, `-`, `_`, or a dot inside. One that is too long, or that differs from another in case
 * only, ends with a part of its hash.
 */
export function fileNames(learners: Learner[]): Map<string, string> {
  const taken = Map.groupBy(learners, ({ id }) => encode(id).toLowerCase())
  return new Map(
    learners.map(({ id }) => {
      const name = encode(id)
      const alone = name.length <= longest && taken.get(name.toLowerCase())!.length === 1
      return [id, alone ? name : `${name.slice(0, longest)}-${hash(id)}`]
    }),
  )
}

/** File systems take 255 bytes, with endings. */
const longest = 100

function encode(id: string): string {
  return id
    .toWellFormed()
    .replaceAll(/[^\w.-]|^[.-]|\.$/gu, (letter) =>
      [...Buffer.from(letter)]
        .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join(''),
    )
}

const hash = (id: string) => createHash('sha256').update(id).digest('hex').slice(0, 8)
