import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@socket-dojo/dojo/usage'
import { type Archive, IntakeError } from './archive.ts'
import { openFolder } from './folder.ts'
import { openGit, repositoryOf } from './git.ts'
import { openTar } from './tar.ts'
import { openZip } from './zip.ts'

/** One thing that was handed in: a folder, an archive or a repository. */
export interface Source {
  /** Its name in the folder of submissions. */
  source: string
  /** The learner's, as far as that name tells: without the ending. */
  name: string
  open: () => Promise<Archive>
}

/**
 * Lists what lies in a folder of submissions, sorted by name.
 * @throws {UsageError} when there is no such folder, or nothing in it.
 */
export function sources(folder: string): Source[] {
  const names = list(folder).filter((name) => !name.startsWith('.'))
  if (names.length === 0) {
    throw new UsageError({
      en: `There is nothing in ${folder}. Put one folder, .zip, .tar.gz or git repository for each learner there.`,
      ja: `${folder} は空です。学習者ごとに 1 つのフォルダー、.zip、.tar.gz、git リポジトリのいずれかを置いてください。`,
    })
  }
  return names.toSorted().map((source) => ({
    source,
    name: source.replace(/\.(zip|tar\.gz|tgz|git)$/i, '').normalize(),
    open: async () => open(join(folder, source), source),
  }))
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError({
      en: `Expected a folder of submissions, but ${folder} cannot be read: ${code}`,
      ja: `提出物のフォルダーを指定してください。${folder} は読めません: ${code}`,
    })
  }
}

/** A link could lead to another learner's submission: it is none. */
async function open(path: string, name: string): Promise<Archive> {
  try {
    const found = lstatSync(path)
    if (found.isDirectory()) {
      const repository = repositoryOf(path)
      return repository === undefined ? await openFolder(path) : openGit(repository)
    }
    if (found.isFile() && /\.zip$/i.test(name)) return await openZip(path)
    if (found.isFile() && /\.(tar\.gz|tgz)$/i.test(name)) return await openTar(path)
  } catch (error) {
    if (error instanceof IntakeError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new IntakeError({
      en: `it cannot be read: ${code ?? message}`,
      ja: `読めません: ${code ?? message}`,
    })
  }
  throw new IntakeError({
    en: 'it is neither a folder, nor a .zip, a .tar.gz or a git repository',
    ja: 'フォルダー、.zip、.tar.gz、git リポジトリのいずれでもありません',
  })
}
