import { Command, InvalidArgumentError, Option } from 'commander'
import stringWidth from 'fast-string-width'
import type { Engine, Similar } from '../batch/similar/similar.ts'
import { visibleLine } from './report/visible.ts'
import { say } from './language.ts'
import { findLesson, lessons } from './lessons.ts'
import { several } from './parse.ts'

interface Options {
  lesson: string[]
  threshold: number
  engine: Engine
  json?: true
}

/** `grade similar <submissions>`: which submissions are alike after renaming. */
export function similarCommand(): Command {
  return new Command('similar')
    .description(
      say({
        en: 'pairs of submissions that are alike after renaming, the starter apart',
        ja: '名前を変えても似ている提出物の組を示す（スターターの部分は除く）',
      }),
    )
    .argument('<submissions>', say({ en: 'the folder they lie in', ja: '提出物のあるフォルダー' }))
    .option(
      '--lesson <lesson>',
      say({ en: 'only this lesson (repeatable)', ja: 'この課だけ（複数指定可）' }),
      several,
      [],
    )
    .option(
      '--threshold <part>',
      say({ en: 'how alike, from 0 to 1', ja: '似ている度合い（0 から 1）' }),
      part,
      0.5, // Copies of known-right programs in disguise come to 0.7 and more, different designs to 0.4.
    )
    .addOption(
      new Option('--engine <engine>', say({ en: 'what compares', ja: '比べる方法' }))
        .choices(['tokens', 'dolos'])
        .default('tokens'),
    )
    .option('--json', say({ en: 'print the pairs as JSON', ja: '組を JSON で出力する' }))
    .action(compare)
}

async function compare(
  submissions: string,
  { lesson, threshold, engine, json }: Options,
): Promise<void> {
  const wanted = new Set(lesson.map((word) => findLesson(word).name))
  const chosen = lessons().filter(({ name }) => wanted.size === 0 || wanted.has(name))
  const { similar } = await import('../batch/similar/similar.ts') // Not for --help: it reads archives.
  const found = await similar(submissions, chosen, threshold, engine)
  if (json) console.log(JSON.stringify({ threshold, engine, lessons: found.lessons }, null, 2))
  else console.log(found.lessons.map(table).join('\n'))
  for (const { source, why } of found.refused) console.error(`${visibleLine(source)}: ${say(why)}`)
}

/** A lesson and its pairs: `0.93   41   ada   bob`. */
function table({ lesson, compared, pairs }: Similar): string {
  const heading = say({
    en: `${lesson}: ${compared} compared, ${pairs.length} ${pairs.length === 1 ? 'pair' : 'pairs'} alike`,
    ja: `${lesson}: ${compared} 件を比較、似ている組 ${pairs.length}`,
  })
  if (pairs.length === 0) return heading
  const names = pairs.map((pair) => pair.names.map((name) => visibleLine(name, 40)))
  const width = Math.max(...names.map(([first]) => stringWidth(first!)))
  const head = say({ en: '  alike  in common', ja: '  類似  共通' })
  const rows = pairs.map(({ similarity, common }, index) => {
    const [first, second] = names[index]!
    const gap = ' '.repeat(width - stringWidth(first!) + 2)
    return `  ${similarity.toFixed(2).padStart(5)}  ${String(common).padStart(9)}  ${first}${gap}${second}`
  })
  return [heading, head, ...rows].join('\n')
}

function part(text: string): number {
  const number = Number(text)
  if (text !== '' && number >= 0 && number <= 1) return number
  throw new InvalidArgumentError(
    say({ en: 'Expected a number from 0 to 1.', ja: '0 から 1 の数を指定してください。' }),
  )
}
