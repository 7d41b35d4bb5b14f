import { readFileSync } from 'node:fs'
import { UsageError } from '@socket-dojo/dojo/usage'
import { parse } from 'csv-parse/sync'
import type { Learner } from '../result.ts'

/** Who is in the class. */
export class Roster {
  readonly learners: Learner[]
  readonly #byName = new Map<string, Learner>()

  /** @param whole where these are only a part of a class: everybody, for the names. */
  constructor(learners: Learner[], whole: { learners: Learner[] } = { learners }) {
    this.learners = learners
    for (const learner of whole.learners)
      for (const name of [learner.email, learner.github])
        if (name) this.#byName.set(key(name), learner)
    // An id is stronger than another's user name.
    for (const learner of whole.learners) this.#byName.set(key(learner.id), learner)
  }

  /** Whose submission it is, by its name: an id, an e-mail address or a user name at GitHub. */
  find(name: string): Learner | undefined {
    return this.#byName.get(key(name))
  }
}

/**
 * Reads a roster: CSV with a header line, of whose columns `id`, `name`, `email` and `github` count.
 * @throws {UsageError} when it cannot be read, names nobody, or one id twice.
 */
export function readRoster(path: string): Roster {
  const learners = rows(path).map(learnerOf)
  if (learners.length === 0) {
    throw new UsageError({
      en: `The roster ${path} names nobody. It needs a line "id,name,email,github", and one for each learner.`,
      ja: `名簿 ${path} に学習者がいません。1 行目に「id,name,email,github」、続けて学習者を 1 行ずつ書いてください。`,
    })
  }
  const seen = new Set<string>()
  for (const { id } of learners) {
    if (seen.has(key(id))) {
      throw new UsageError({
        en: `The roster ${path} has the id "${id}" twice. Give every learner an id of their own.`,
        ja: `名簿 ${path} に ID「${id}」が 2 回あります。学習者ごとに異なる ID を付けてください。`,
      })
    }
    seen.add(key(id))
  }
  return new Roster(learners)
}

function rows(path: string): Record<string, string>[] {
  try {
    return parse(readFileSync(path, 'utf8'), {
      columns: (names: string[]) => names.map((name) => name.toLowerCase()),
      ...{ bom: true, trim: true, skip_empty_lines: true },
    })
  } catch (error) {
    const said = (error as Error).message
    throw new UsageError({
      en: `The roster ${path} cannot be read: ${said}`,
      ja: `名簿 ${path} を読めません: ${said}`,
    })
  }
}

function learnerOf(row: Record<string, string>, index: number): Learner {
  const { id = '', name, email, github } = row
  if (id === '' || Object.values(row).some((text) => control.test(text))) {
    throw new UsageError({
      en: `Learner ${index + 1} of the roster needs an id, and no control characters in any column.`,
      ja: `名簿の ${index + 1} 人目には ID が必要です。どの列にも制御文字は使えません。`,
    })
  }
  return {
    id: id.normalize(),
    ...(name && { name: name.normalize() }),
    ...(email && { email }),
    ...(github && { github }),
  }
}

/** What no name of a person, file or account has a use for. */
export const control = /[\p{Cc}\u2028\u2029]/u

const key = (name: string) => name.normalize().toLowerCase()
