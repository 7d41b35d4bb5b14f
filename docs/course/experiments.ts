import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@socket-dojo/dojo/lessons'

/** A program of `docs/experiments`, with what it printed when it was recorded. */
export interface Experiment {
  /** Its name without an ending: `lowest-number`. */
  id: string
  /** `docs/experiments/lowest-number.ts` */
  file: string
  source: string
  /** What runs it, at the root of the course. */
  command: string
  output: string
}

const folder = 'docs/experiments'

/** All experiments: the programs of the folder are the list. */
export function experiments(): Experiment[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const [, id, kind] = /^(.+)\.(ts|sh)$/.exec(name) ?? []
    if (!id || id.endsWith('.test')) return []
    const file = `${folder}/${name}`
    return {
      id,
      file,
      source: readFileSync(join(root, file), 'utf8'),
      command: `${kind === 'ts' ? 'node' : 'bash'} ${file}`,
      output: readFileSync(join(root, folder, `${id}.txt`), 'utf8'),
    }
  })
}
