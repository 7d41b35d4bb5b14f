import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '@socket-dojo/dojo/usage'
import type { Compared, Pair } from './pairs.ts'

/** As much of `@dodona/dolos-lib` as is used. https://dolos.ugent.be/docs/lib.html */
interface DolosLibrary {
  Dolos: new (options: { language: string; ignore?: string }) => {
    analyzePaths: (
      paths: string[],
      ignore?: string,
    ) => Promise<{
      allPairs: () => {
        leftFile: { path: string }
        rightFile: { path: string }
        similarity: number
        overlap: number
      }[]
    }>
  }
}

/**
 * The same as `similarPairs`, by Dolos. It compares file with file: all files of a submission are put into one.
 * @throws {UsageError} where it is not installed.
 */
export async function dolosPairs(
  all: Compared[],
  starter: Compared['files'],
  threshold: number,
): Promise<Pair[]> {
  const { Dolos } = await load()
  const folder = mkdtempSync(join(tmpdir(), 'dojo-similar-'))
  try {
    const put = (name: string, files: Compared['files']) => {
      const path = join(folder, name, 'all.ts')
      mkdirSync(join(folder, name))
      writeFileSync(path, Object.values(files).join('\n'))
      return path
    }
    const names = new Map(all.map(({ name, files }, index) => [put(String(index), files), name]))
    const report = await new Dolos({ language: 'typescript' }).analyzePaths(
      [...names.keys()],
      put('starter', starter),
    )
    return report
      .allPairs()
      .filter(({ similarity }) => similarity >= threshold)
      .map(({ leftFile, rightFile, similarity, overlap }) => ({
        names: [names.get(leftFile.path)!, names.get(rightFile.path)!] as [string, string],
        similarity,
        common: overlap,
      }))
      .toSorted((a, b) => b.similarity - a.similarity)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function load(): Promise<DolosLibrary> {
  const name = '@dodona/dolos-lib' // Not a dependency: its install needs a compiler, and 455 MB.
  try {
    return (await import(name)) as DolosLibrary
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new UsageError({
      en: `Dolos is not installed: it needs a C++ compiler and 455 MB. Install it with "pnpm add --filter @socket-dojo/batch ${name}", or leave out --engine dolos.`,
      ja: `Dolos はインストールされていません（C++ コンパイラーと 455 MB が必要です）。「pnpm add --filter @socket-dojo/batch ${name}」でインストールするか、--engine dolos を外してください。`,
    })
  }
}
