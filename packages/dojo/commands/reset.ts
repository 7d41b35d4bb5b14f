import { Command } from 'commander'
import { say } from '../language.ts'
import { findLesson, whichLesson } from '../lessons.ts'
import { resetLesson, said } from '../starter.ts'

/** `reset <lesson>`: back to the starter. */
export function command(): Command {
  return new Command('reset')
    .description(
      say({
        en: 'put the starter of a lesson back; your files are kept in exercises/kept/',
        ja: '課をスターターに戻す（今のファイルは exercises/kept/ に残る）',
      }),
    )
    .argument('<lesson>', say(whichLesson))
    .action((wanted: string) => console.log(say(said(resetLesson(findLesson(wanted))))))
}
