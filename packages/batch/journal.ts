import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UsageError } from '@socket-dojo/dojo/usage'
import type { Job, Judged } from './judging.ts'
import type { ExpectedCheck } from './verdict.ts'

/** What a grading is kept by: who, what, and judged by which version of which suite. */
export interface Key {
  lesson: string
  suite: string
  learner: string
  content: string
}

/**
 * All gradings of a class, done and still to do, in an SQLite file. Each change is on the disk before it is relied
 * on, so a run that is killed at any moment goes on where it stopped. One process at a time has it open.
 */
export class Journal {
  readonly #database: DatabaseSync

  /** @throws {UsageError} when another run has it open. */
  constructor(folder: string) {
    this.#database = new DatabaseSync(join(folder, journalName))
    try {
      this.#database.exec(tables)
    } catch (error) {
      if (!/locked|busy/.test((error as Error).message)) throw error
      throw new UsageError({
        en: `Another run is at work on ${folder}. Wait for its end, or choose another folder with --out.`,
        ja: `${folder} は別の実行が使用中です。終了を待つか、--out で別のフォルダーを指定してください。`,
      })
    }
  }

  /** Keeps what was taken in, so that it can be judged again. Contents are base64, by file name. */
  keep(content: string, files: Job['files']): void {
    this.#run('INSERT OR IGNORE INTO content VALUES (?, ?)', content, JSON.stringify(files))
  }

  /** Puts a grading on the list, where it is not there yet. */
  plan({ lesson, suite, learner, content }: Key): void {
    const [id, seed] = [randomBytes(6).toString('hex'), randomBytes(4).toString('hex')]
    this.#run(
      'INSERT OR IGNORE INTO grading (id, lesson, suite, learner, content, seed) VALUES (?, ?, ?, ?, ?, ?)',
      ...[id, lesson, suite, learner, content, seed],
    )
  }

  /** Makes what `work` does one change: all of it happens, or nothing. One wait for the disk, instead of many. */
  async together(work: () => void | Promise<void>): Promise<void> {
    this.#database.exec('BEGIN')
    try {
      await work()
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /**
   * Strikes out what matches: it is planned anew, as another grading. Where the last run began with the same words and
   * was cut off, what it has done since is kept.
   */
  regrade(words: string[]): void {
    const command = JSON.stringify(words)
    const [last] = this.#all<{ command: string; ended: string | null; began: string }>(
      'SELECT command, ended, began FROM run ORDER BY rowid DESC LIMIT 1',
    )
    const cutOff = last?.command === command && last.ended === null
    const before = cutOff ? last.began : new Date().toISOString()
    for (const word of words) {
      this.#run(
        `UPDATE grading SET struck = id WHERE struck = '' AND planned < ?1
         AND (?2 IN (lesson, learner, id) OR suite LIKE ?3)`,
        ...[before, word, /^[0-9a-f]{8,64}$/.test(word) ? `${word}%` : ''],
      )
    }
    if (!cutOff) this.#run('INSERT INTO run (command, began) VALUES (?, ?)', command, before)
  }

  /** Says that the run has come to its end. */
  finish(): void {
    this.#run('UPDATE run SET ended = ? WHERE ended IS NULL', new Date().toISOString())
  }

  /** Ids of those gradings that are not done: never judged, or judged without a verdict. */
  pending(keys: Key[]): string[] {
    const find = this.#database.prepare(
      `SELECT id FROM grading WHERE struck = '' AND coalesce(status, 'grader_error') = 'grader_error'
       AND lesson = ? AND suite = ? AND learner = ? AND content = ?`,
    )
    return keys.flatMap(({ lesson, suite, learner, content }) => {
      const row = find.get(lesson, suite, learner, content) as { id: string } | undefined
      return row ? [row.id] : []
    })
  }

  /** @throws {UsageError} when there is no such grading. */
  job(id: string): Job & { key: Key } {
    const [row] = this.#all<Key & { seed: string; files: string }>(
      'SELECT lesson, suite, learner, content, seed, files FROM grading JOIN content ON content = hash WHERE id = ?',
      id,
    )
    if (!row) throw UsageError.unknown('grading', id, this.#ids())
    const { seed, files, ...key } = row
    const contents = JSON.parse(files) as Job['files']
    return { id, lesson: key.lesson, suite: key.suite, seed, files: contents, key }
  }

  /** Keeps what came of a grading. A verdict that is there already stays: a job that was done twice counts once. */
  done(id: string, judged: Judged): void {
    this.#run(
      `UPDATE grading SET status = ?, judged = ? WHERE id = ?
       AND coalesce(status, 'grader_error') = 'grader_error'`,
      ...[judged.status, JSON.stringify(judged), id],
    )
  }

  /** What came of the grading with this key; undefined where it is not done. */
  find({ lesson, suite, learner, content }: Key): Kept | undefined {
    const [row] = this.#all<{ id: string; seed: string; judged: string }>(
      `SELECT id, seed, judged FROM grading WHERE struck = '' AND judged IS NOT NULL
       AND lesson = ? AND suite = ? AND learner = ? AND content = ?`,
      ...[lesson, suite, learner, content],
    )
    return row && kept(row)
  }

  /** What came of a grading; undefined where it is not done. */
  get(id: string): Kept | undefined {
    const [row] = this.#all<{ id: string; seed: string; judged: string | null }>(
      'SELECT id, seed, judged FROM grading WHERE id = ?',
      id,
    )
    return row?.judged ? kept({ ...row, judged: row.judged }) : undefined
  }

  /** Remembers the checks that the reference solution was judged by. */
  keepChecks(suite: string, checks: ExpectedCheck[]): void {
    this.#run('INSERT OR REPLACE INTO suite VALUES (?, ?)', suite, JSON.stringify(checks))
  }

  checks(suite: string): ExpectedCheck[] | undefined {
    const [row] = this.#all<{ checks: string }>('SELECT checks FROM suite WHERE hash = ?', suite)
    return row && (JSON.parse(row.checks) as ExpectedCheck[])
  }

  /** Takes over all gradings of another folder that are done: the shards of one class become one. */
  async merge(folder: string): Promise<void> {
    openJournal(folder).close() // It is there, whole, and nobody is at work on it.
    this.#run('ATTACH ? AS other', join(folder, journalName))
    await this.together(() => {
      for (const table of ['content', 'suite'])
        this.#run(`INSERT OR IGNORE INTO ${table} SELECT * FROM other.${table}`)
      this.#run(`DELETE FROM grading WHERE judged IS NULL AND struck = ''`)
      this.#run(`INSERT OR IGNORE INTO grading SELECT * FROM other.grading
                 WHERE struck = '' AND judged IS NOT NULL`)
    })
    this.#run('DETACH other')
  }

  close(): void {
    this.#database.close()
  }

  #run(sql: string, ...values: (string | null)[]): void {
    this.#database.prepare(sql).run(...values)
  }

  #all<Row>(sql: string, ...values: string[]): Row[] {
    return this.#database.prepare(sql).all(...values) as Row[]
  }

  #ids(): string[] {
    return this.#all<{ id: string }>('SELECT id FROM grading LIMIT 1000').map(({ id }) => id)
  }
}

/**
 * The journal of an earlier run.
 * @throws {UsageError} when there is none in the folder.
 */
export function openJournal(folder: string): Journal {
  if (existsSync(join(folder, journalName))) return new Journal(folder)
  throw new UsageError({
    en: `${folder} holds no gradings: name the folder that was given as --out.`,
    ja: `${folder} に採点の記録がありません。--out に指定したフォルダーを指定してください。`,
  })
}

/** A grading that is done. */
export interface Kept {
  id: string
  seed: string
  judged: Judged
}

/** The file in the output folder. */
export const journalName = 'journal.sqlite'

const kept = (row: { id: string; seed: string; judged: string }): Kept => ({
  ...row,
  judged: JSON.parse(row.judged) as Judged,
})

// locking_mode: whoever opens it has it alone until its process ends, however that ends. `struck` is empty for the
// grading that counts, and its own id for one that does no more, so that the key of the former stays unique.
const tables = `
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA synchronous = FULL;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS content (hash TEXT PRIMARY KEY, files TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS suite (hash TEXT PRIMARY KEY, checks TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS run (command TEXT NOT NULL, began TEXT NOT NULL, ended TEXT) STRICT;
CREATE TABLE IF NOT EXISTS grading (
  id TEXT PRIMARY KEY,
  lesson TEXT NOT NULL,
  suite TEXT NOT NULL,
  learner TEXT NOT NULL,
  content TEXT NOT NULL,
  seed TEXT NOT NULL,
  planned TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')),
  struck TEXT NOT NULL DEFAULT '',
  status TEXT,
  judged TEXT,
  UNIQUE (lesson, suite, learner, content, struck)
) STRICT;
COMMIT;`
