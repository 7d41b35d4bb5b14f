import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { formats, writeResults } from '../batch/formats.ts'
import type { Class } from '../batch/result.ts'
import { language, say } from './language.ts'
import { several } from './parse.ts'
import { UsageError } from './usage.ts'

/** `grade export <grades>`: writes the results of a graded class once more, in the formats and the language asked for. */
export function exportCommand(): Command {
  return new Command('export')
    .description(
      say({
        en: 'write the grades of a class once more, without judging anything',
        ja: '採点し直さずに、クラスの成績を書き出す',
      }),
    )
    .argument('<grades>', say({ en: 'the folder that grades went to', ja: '成績のあるフォルダー' }))
    .option(
      '--format <format>',
      say({
        en: `one of ${formats.join(', ')} (repeatable; default: all)`,
        ja: `${formats.join('、')} のどれか（複数指定可、既定値はすべて）`,
      }),
      several,
      [],
    )
    .action(exportGrades)
}

async function exportGrades(grades: string, { format }: { format: string[] }): Promise<void> {
  const unknown = format.find((name) => !formats.includes(name))
  if (unknown !== undefined) throw UsageError.unknown('format', unknown, formats)
  const file = join(grades, 'class.json')
  if (!existsSync(file)) {
    throw new UsageError({
      en: `There is no ${file}: name the folder that pnpm grade wrote to with --out`,
      ja: `${file} がありません。pnpm grade の --out に指定したフォルダーを指定してください`,
    })
  }
  const results = JSON.parse(readFileSync(file, 'utf8')) as Class
  const options = format.length > 0 ? { formats: format, language } : { language }
  const written = await writeResults(grades, results, options)
  console.log(
    say({
      en: `${written.length} files written to ${grades}`,
      ja: `${grades} に ${written.length} 個のファイルを書き出しました`,
    }),
  )
}
