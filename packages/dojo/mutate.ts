import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chooseProfile } from '@socket-dojo/sandbox'
import { withJudges } from './judge/pool.ts'
import { Known } from './known.ts'
import { findLesson, manifest } from './lessons.ts'
import { type Mutant, mutants } from './mutants.ts'
import type { Report } from './report/report.ts'
import { gradeSample, type Sample, samples } from './samples.ts'
import { starterFolder } from './starter.ts'

/** Not every change makes a program wrong: whoever reads the list decides. Only a fault of the grader is a failure. */
export async function mutate(wanted: string, { only }: { only: string }): Promise<void> {
  const lesson = findLesson(wanted)
  const { files } = await manifest(lesson)
  const solution = samples(lesson).find(({ kind }) => kind === 'solution')!
  const all = files.filter((file) => file.includes(only)).flatMap((file) => ofFile(solution, file))
  const choice = await chooseProfile('auto')
  const ofSolution = new Known()
  await withJudges(choice, 1, [solution], (judge) =>
    gradeSample(judge, solution, { known: ofSolution }),
  )
  const reports = await withJudges(
    choice,
    availableParallelism(),
    all,
    async (judge, { file, line, was, now, source }) => {
      const change = (whole: string) => writeFileSync(join(whole, file), source)
      const report = await gradeSample(judge, solution, { known: new Known(ofSolution), change })
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

function ofFile(solution: Sample, file: string): (Mutant & { file: string })[] {
  const [answer, given] = [solution.folder, starterFolder(solution.lesson)].map((folder) =>
    readFileSync(join(folder, file), 'utf8'),
  )
  return mutants(answer!, given).map((mutant) => ({ ...mutant, file }))
}

const passes = ({ fault, points, maximum }: Report) => fault === undefined && points === maximum
