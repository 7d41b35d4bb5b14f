import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Command } from 'commander'
import { say } from '../language.ts'
import { findLesson, manifest, submissionFolder } from '../lessons.ts'
import { UsageError } from '../usage.ts'

/** `start <lesson> <program> [arguments…]`: runs a program of the learner, and again on each save. */
export function command(): Command {
  return new Command('start')
    .description(
      say({
        en: 'run one of your programs, and start it again when you save',
        ja: 'プログラムを実行し、保存するたびに再起動する',
      }),
    )
    .argument(
      '<lesson>',
      say({ en: 'lesson-2, 2 or tcp-server', ja: 'lesson-2、2、tcp-server など' }),
    )
    .argument(
      '<program>',
      say({ en: 'its file, with or without .ts', ja: 'ファイル名（.ts は省略可）' }),
    )
    .argument('[arguments...]', say({ en: 'what it is started with', ja: 'プログラムに渡す引数' }))
    .option(
      '--in <folder>',
      say({ en: 'where the lessons are', ja: '課のあるフォルダー' }),
      'exercises',
    )
    .action(start)
}

async function start(
  wanted: string,
  program: string,
  args: string[],
  options: { in: string },
): Promise<void> {
  const lesson = findLesson(wanted)
  const file = program.endsWith('.ts') ? program : `${program}.ts`
  const { files } = await manifest(lesson)
  if (!files.includes(file)) throw UsageError.unknown('program', program, files)
  const path = join(submissionFolder(lesson, options.in), file)
  if (!existsSync(path)) {
    throw new UsageError({
      en: `There is no file ${path}`,
      ja: `${path} というファイルはありません`,
    })
  }
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json')
  const words = [join(dirname(tsx), 'dist/cli.mjs'), 'watch', '--clear-screen=false', path, ...args]
  const child = spawn(process.execPath, words, { stdio: 'inherit' })
  process.removeAllListeners('SIGINT').on('SIGINT', () => {}) // It is the program's: we end when it has ended.
  const [status] = (await once(child, 'exit')) as [number | null]
  process.exitCode = status ?? 0
}
