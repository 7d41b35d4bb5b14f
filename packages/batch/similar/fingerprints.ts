import { createHash } from 'node:crypto'

/**
 * Fingerprints of a stream of tokens by winnowing: of every `windowSize` neighbouring runs of `runLength` tokens, the
 * one with the least hash. Whatever two streams have in common over `runLength + windowSize - 1` tokens gives them a
 * common fingerprint, wherever it stands; less than `runLength` never does.
 * Schleimer, Wilkerson, Aiken: Winnowing: Local Algorithms for Document Fingerprinting, SIGMOD 2003.
 */
export function fingerprints(tokens: string[]): Set<number> {
  const hashes = runs(tokens).map(hash)
  const least = hashes.map((_, index) => Math.min(...hashes.slice(index, index + windowSize)))
  return new Set(least.slice(0, Math.max(1, hashes.length - windowSize + 1)))
}

const runLength = 16
const windowSize = 8

function runs(tokens: string[]): string[] {
  const count = Math.max(0, tokens.length - runLength + 1)
  return Array.from({ length: count }, (_, index) =>
    tokens.slice(index, index + runLength).join(' '),
  )
}

/** 48 bits: two runs of a large class do not meet by chance. */
const hash = (run: string) => createHash('sha256').update(run).digest().readUIntBE(0, 6)
