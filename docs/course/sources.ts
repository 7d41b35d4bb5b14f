import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '@socket-dojo/dojo/lessons'

/** A file of the course that pages may show: it is compiled with everything else. */
export interface Source {
  /** Its path from the root of the course. */
  id: string
  text: string
}

/** What starters, solutions, other right programs and samples of the site consist of. */
export function sources(): Source[] {
  const patterns = ['{exercises,solutions}/*/*.ts', 'packages/lesson-*/right/*/*.ts']
  return globSync([...patterns, 'docs/{experiments,samples}/*.{ts,sh}'], { cwd: root }).map(
    (id) => ({ id, text: readFileSync(join(root, id), 'utf8') }),
  )
}
