import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chooseProfile } from '@socket-dojo/sandbox'
import { Command } from 'commander'
import { grade } from '../grade.ts'
import type { Judge } from '../judge/judge.ts'
import { withJudges } from '../judge/pool.ts'
import { say } from '../language.ts'
import { findLesson, type LessonPlace, manifest, submissionFolder } from '../lessons.ts'
import { type Mutant, mutants } from '../mutants.ts'
import type { Report } from '../report/report.ts'
import { starterFolder } from '../starter.ts'

/** `mutate <lesson>`: changes the solution a little, in each place, and tells which changes no check catches. */
export function command(): Command {
  return new Command('mutate')
    .description(
      say({
        en: 'change the solution a little in each place, and tell which changes no check catches',
        ja: '解答を 1 か所ずつ少し変え、どのチェックにも見つからない変更を表示する',
      }),
    )
    .argument(
      '<lesson>',
      say({ en: 'lesson-2, 2 or tcp-server', ja: 'lesson-2、2、tcp-server など' }),
    )
    .option(
      '--only <text>',
      say({ en: 'only files with this in their name', ja: '名前にこれを含むファイルだけ' }),
      '',
    )
    .action(mutate)
}

/** Not every change makes a program wrong: whoever reads the list decides. Only a fault of the grader is a failure. */
async function mutate(wanted: string, { only }: { only: string }): Promise<void> {
  const lesson = findLesson(wanted)
  const { files } = await manifest(lesson)
  const all = files.filter((file) => file.includes(only)).flatMap((file) => ofFile(lesson, file))
  const reports = await withJudges(
    await chooseProfile('auto'),
    availableParallelism(),
    all,
    async (judge, mutant) => {
      const report = await gradeMutant(judge, lesson, mutant)
      const { file, line, was, now } = mutant
      if (report.fault !== undefined) console.log(`! ${file}:${line}  ${report.fault}`)
      else if (passes(report)) console.log(`? ${file}:${line}\n  - ${was}\n  + ${now}`)
      return report
    },
  )
  const faults = reports.filter(({ fault }) => fault !== undefined).length
  const missed = reports.filter(passes).length
  console.log(`${all.length} changes: ${missed} that no check catches, ${faults} grader faults`)
  process.exitCode = faults === 0 ? 0 : 1
}

function ofFile(lesson: LessonPlace, file: string): (Mutant & { file: string })[] {
  const [solution, starter] = [submissionFolder(lesson, 'solutions'), starterFolder(lesson)].map(
    (folder) => readFileSync(join(folder, file), 'utf8'),
  )
  return mutants(solution!, starter).map((mutant) => ({ ...mutant, file }))
}

async function gradeMutant(
  judge: Judge,
  lesson: LessonPlace,
  { file, source }: Mutant & { file: string },
): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'dojo-mutant-'))
  try {
    cpSync(submissionFolder(lesson, 'solutions'), folder, { recursive: true })
    writeFileSync(join(folder, file), source)
    return await grade(judge, lesson, folder, { seed: '1' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const passes = ({ fault, points, maximum }: Report) => fault === undefined && points === maximum
