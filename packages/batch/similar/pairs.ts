import { fingerprints } from './fingerprints.ts'
import { tokens } from './tokens.ts'

/** A submission to compare: its files by name. */
export interface Compared {
  name: string
  files: Record<string, string>
}

/** Two submissions that are alike. */
export interface Pair {
  names: [string, string]
  /** Part of the fingerprints of both that they have in common, from 0 to 1; what the starter has does not count. */
  similarity: number
  /** How many fingerprints they have in common: few say little. */
  common: number
}

/**
 * Pairs of submissions that are alike after renaming, the most alike first.
 * @param starter what everybody was given: alike in that is nobody's doing.
 * @param threshold from 0 to 1.
 */
export function similarPairs(
  all: Compared[],
  starter: Compared['files'],
  threshold: number,
): Pair[] {
  const given = printsOf(starter)
  const prints = all.map(({ files }) => printsOf(files).difference(given))
  const pairs = all.flatMap(({ name }, index) =>
    all.slice(0, index).map((other, at): Pair => {
      const [a, b] = [prints[at]!, prints[index]!]
      const common = a.intersection(b).size
      const similarity = a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size)
      return { names: [other.name, name], similarity, common }
    }),
  )
  return pairs
    .filter(({ similarity, common }) => similarity >= threshold && common >= fewest)
    .toSorted((a, b) => b.similarity - a.similarity || b.common - a.common)
}

/** Less than this many, about 20 lines, may well be alike by chance. */
const fewest = 8

function printsOf(files: Compared['files']): Set<number> {
  const all = Object.values(files).map((source) => fingerprints(tokens(source)))
  return all.reduce((whole, one) => whole.union(one), new Set<number>())
}
