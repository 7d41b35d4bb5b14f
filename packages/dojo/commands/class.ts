import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { say } from '../language.ts'
import { findLesson, lessons } from '../lessons.ts'
import * as parse from '../parse.ts'

interface Options {
  size: number
  lesson: string[]
  jobs: number
  times: number
  kill?: true
  redis?: true
  keep?: true
}

/** `class`: grades a class of programs whose points are known in advance, and compares. */
export function command(): Command {
  return new Command('class')
    .description(
      say({
        en: 'grade a class of right, wrong and hostile programs, and compare with the points known in advance',
        ja: '正しいプログラム、誤ったプログラム、攻撃するプログラムからなるクラスを採点し、前もってわかっている点数と比べる',
      }),
    )
    .option('--size <n>', say({ en: 'learners', ja: '学習者の数' }), parse.positive, 16)
    .option(
      '--lesson <lesson>',
      say({ en: 'only this lesson (repeatable)', ja: 'この課だけ（複数指定可）' }),
      parse.several,
      [],
    )
    .option(
      '--jobs <n>',
      say({ en: 'gradings at a time', ja: '同時に行う採点の数' }),
      parse.positive,
      4,
    )
    .option('--times <n>', say({ en: 'times in a row', ja: '続けて行う回数' }), parse.positive, 1)
    .option(
      '--kill',
      say({
        en: 'kill judges, and the command itself, at random',
        ja: '採点プロセスとコマンド自身を無作為に強制終了する',
      }),
    )
    .option(
      '--redis',
      say({
        en: 'go through a queue; kill workers, and Redis once',
        ja: 'キューを通し、ワーカーと Redis を途中で強制終了する',
      }),
    )
    .option('--keep', say({ en: 'keep the folder', ja: 'フォルダーを残す' }))
    .action(run)
}

async function run({ size, lesson, jobs, times, kill, redis, keep }: Options): Promise<void> {
  const chosen = lesson.length === 0 ? lessons() : lesson.map(findLesson)
  for (let time = 0; time < times; time++) {
    const folder = mkdtempSync(join(tmpdir(), 'dojo-class-'))
    try {
      const trouble = redis ? 'redis' : kill ? 'kill' : undefined
      const { rehearse } = await import('../../batch/index.ts')
      const { expected, differences, seconds, kills } = await rehearse({
        ...{ folder, size, lessons: chosen, jobs, trouble },
      })
      for (const line of differences) console.log(`✗ ${line}`)
      const rate = (expected.length / seconds).toFixed(2)
      console.log(
        `${expected.length} gradings, ${seconds.toFixed(0)} s, ${rate}/s, ${kills} processes killed: ${differences.length} not as known`,
      )
      if (differences.length > 0) process.exitCode = 1
    } finally {
      if (keep) console.log(folder)
      else rmSync(folder, { recursive: true, force: true })
    }
  }
}
