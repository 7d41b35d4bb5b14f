import { renderVerdict } from '@socket-dojo/dojo/report/text'
import type { Language, Text } from '@socket-dojo/testkit/text'
import type { Judged, Report } from '@socket-dojo/dojo/report/report'
import type { Result } from './result.ts'
import { visible, visibleLine } from '@socket-dojo/dojo/report/visible'

/** What was found of one check, in the words that the learner reads in a terminal; harmless to show. */
export function story({ checks }: Report, check: Judged, language: Language): string {
  return visible(renderVerdict(checks, checks.indexOf(check), { language, colour: false })).trim()
}

/** What holds for the whole grading of a submission: how it ended, lateness, notes; a line for each. */
export function remarks({ status, late, sandbox, report, submission }: Result): Text[] {
  return [
    ...(status === 'graded' ? [] : [statusText[status]]),
    ...(late ? [lateText(late)] : []),
    ...(sandbox.unsafe ? [unsafe] : []),
    ...[...submission.notes, ...report.notes].map(({ en, ja }) => ({
      en: visible(en),
      ja: visible(ja),
    })),
  ]
}

/** `Lesson 2: TCP server and client` */
export const lessonTitle = ({ number, title }: { number: number; title: Text }): Text => ({
  en: `Lesson ${number}: ${title.en}`,
  ja: `第 ${number} 課: ${title.ja}`,
})

/** The name of a learner, else the id; on one line. */
export const nameOf = ({ id, name }: { id: string; name?: string }) => visibleLine(name || id)

/** What each status means, for people. */
export const statusText: Record<Result['status'], Text> = {
  graded: { en: 'graded', ja: '採点済み' },
  compile_error: {
    en: 'a file does not parse, or has TypeScript that cannot be erased',
    ja: '構文が正しくない、または型を消しても実行できないファイルがあります',
  },
  missing_file: { en: 'a file of the lesson is missing', ja: 'この課のファイルが足りません' },
  crash: {
    en: 'a program ended that should not have',
    ja: '終了してはならないプログラムが終了しました',
  },
  timeout: {
    en: 'something that was waited for did not come',
    ja: '待っていたものが届きませんでした',
  },
  resource_limit: { en: 'a program met a limit', ja: 'プログラムが上限に達しました' },
  grader_error: {
    en: 'the grader itself failed: nothing was judged, and this is no 0',
    ja: '採点プログラム自身の失敗です。採点は行われておらず、0 点ではありません',
  },
}

const unsafe: Text = {
  en: 'judged without a sandbox (--unsafe): whoever wrote the submission could have forged this result',
  ja: 'サンドボックスなしで採点されました（--unsafe）。提出者が結果を偽造できた可能性があります',
}

function lateText({ seconds, discount }: NonNullable<Result['late']>): Text {
  const hours = Math.ceil(seconds / 360) / 10
  const percent = Math.round(100 * discount)
  return {
    en: `${hours} h late: ${percent === 0 ? 'no discount' : `${percent} % less`}`,
    ja: `期限から ${hours} 時間の遅れ: ${percent === 0 ? '減点なし' : `${percent}% 減点`}`,
  }
}
