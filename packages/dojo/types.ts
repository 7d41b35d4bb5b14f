import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Text } from '@socket-dojo/testkit/text'
import { root } from './lessons.ts'

/**
 * What the TypeScript compiler says about a submission, for people: at most three errors, and how many there are.
 * Types are never worth points: the programs run without them.
 * @param signal ends it early: then it found nothing.
 */
export async function typeErrors(
  submission: string,
  files: string[],
  signal?: AbortSignal,
): Promise<Text[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-types-'))
  try {
    const project = join(folder, 'tsconfig.json')
    const paths = files.map((file) => resolve(submission, file))
    const extended = join(root, 'tsconfig.json')
    writeFileSync(
      project,
      JSON.stringify({ extends: extended, files: paths, include: [], compilerOptions }),
    )
    // As nice as can be: the verdicts come first.
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
    const command = [
      process.execPath,
      join(dirname(typescript), 'bin/tsc'),
      '--noEmit',
      '--pretty',
      'false',
      '--project',
      project,
    ]
    const child = spawn('nice', ['-n', '19', ...command], {
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
    })
    child.on('error', () => child.stdout.destroy()) // Without nice(1) there is no note.
    return summary(await text(child.stdout).catch(() => ''))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A submission may lie anywhere: without a package.json of ours near it, it still is an ES module. */
const compilerOptions = {
  module: 'esnext',
  moduleResolution: 'bundler',
  moduleDetection: 'force',
  typeRoots: [join(root, 'node_modules/@types')],
}

/** `echo.ts(12,5): error TS2322: Type 'string' is not …` */
function summary(output: string): Text[] {
  const errors = output.split('\n').flatMap((line) => {
    const [, path = '', row, message] = /^(.+)\((\d+),\d+\): error (TS\d+: .*)$/.exec(line) ?? []
    const file = path.slice(path.lastIndexOf('/') + 1)
    return row ? [`${file}, ${row}: ${message}`] : []
  })
  if (errors.length === 0) return []
  const shown = errors.slice(0, 3).join('\n')
  const count = errors.length
  return [
    {
      en: `TypeScript finds ${count === 1 ? 'an error' : `${count} errors`} (worth no points):\n${shown}`,
      ja: `TypeScript のエラーが ${count} 件あります（点数には関係ありません）:\n${shown}`,
    },
  ]
}
