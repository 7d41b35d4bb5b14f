import { join } from 'node:path'
import { Command } from 'commander'
import { say } from '../language.ts'
import { findLesson, manifest, submissionFolder, whichLesson } from '../lessons.ts'
import { findProgram } from '../programs.ts'
import { UsageError } from '../usage.ts'

interface Options {
  in: string
  once?: true
  json?: true
}

/** `sockets <lesson> [program]`: the sockets of a program that runs in another terminal, as the kernel has them. */
export function command(): Command {
  return new Command('sockets')
    .description(
      say({
        en: 'watch the sockets of your running program: addresses, TCP states, queues',
        ja: '実行中のプログラムのソケット（アドレス、TCP の状態、キュー）を表示する',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .argument(
      '[program]',
      say({
        en: 'its file, with or without .ts; all of the lesson where it is left out',
        ja: 'ファイル名（.ts は省略可）。省略すると課のすべて',
      }),
    )
    .option('--once', say({ en: 'show them once', ja: '1 回だけ表示する' }))
    .option(
      '--json',
      say({ en: 'print each look as a line of JSON', ja: '1 回ごとに JSON を 1 行で出力する' }),
    )
    .option(
      '--in <folder>',
      say({ en: 'where the lessons are', ja: '課のあるフォルダー' }),
      'exercises',
    )
    .action(sockets)
}

async function sockets(
  wanted: string,
  program: string | undefined,
  options: Options,
): Promise<void> {
  const { hasProc } = await import('../sockets/kernel.ts')
  if (!hasProc()) {
    throw new UsageError({
      en: `sockets reads /proc, which Linux has; this is ${process.platform}. lsof -i -P shows something like it.`,
      ja: `sockets は Linux の /proc を読みます（ここは ${process.platform} です）。lsof -i -P で近いものが見られます。`,
    })
  }
  const lesson = findLesson(wanted)
  const paths = program
    ? [(await findProgram(wanted, program, options.in)).path]
    : (await manifest(lesson)).files.map((file) => join(submissionFolder(lesson, options.in), file))
  const words = `lesson-${lesson.number} ${program ?? ''}`.trim()
  const waiting = say({
    en: `No such program is running. Start it in another terminal: pnpm dojo start ${words}`,
    ja: `実行中のプログラムがありません。別の端末で起動してください: pnpm dojo start ${words}`,
  })
  const { showLive, showOnce } = await import('../sockets/show.ts')
  if (!options.once) return showLive(paths, waiting, options.json ?? false)
  process.exitCode = showOnce(paths, waiting, options.json ?? false) ? 0 : 1
}
