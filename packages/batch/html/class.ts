import type { Text } from '@socket-dojo/testkit/text'
import { isJudged, type LearnersWork, sum } from '../of-learner.ts'
import type { Class, ClassLesson, Learner } from '../result.ts'
import {
  absent,
  type CheckFigures,
  type LessonFigures,
  lessonFigures,
  mostFailed,
  stuck,
} from '../statistics.ts'
import { lessonTitle, nameOf, statusText } from '../story.ts'
import { type Html, html } from './html.ts'
import { both, foreign } from './text.ts'

/** The class at a glance. */
export function classPage(results: Class, learners: LearnersWork[]): Html {
  const figures = lessonFigures(results)
  const links = new Map(learners.map(({ learner }, index) => [learner.id, linkTo(learner, index)]))
  return html`<div class="class" id="class">
    <h1>${both(words.title)}</h1>
    ${warnings(results)} ${numbers(results)}
    ${section('lessons', words.lessons, lessonsTable(figures))}
    ${section('failed', words.mostFailed, failedTable(mostFailed(figures)))}
    ${section('stuck', words.stuck, stuckTable(results, links))}
    ${section('learners', words.learners, learnersTable(results.lessons, learners, links))}
    ${section('checks', words.checks, figures.map(checksOf))}
    ${section('errors', words.errors, errorsList(results, links))}
  </div>`
}

const section = (id: string, title: Text, content: Html | Html[] | undefined): Html | undefined =>
  content &&
  html`<section aria-labelledby="${id}">
    <h2 id="${id}">${both(title)}</h2>
    ${content}
  </section>`

export const learnerAnchor = (index: number) => `learner-${index + 1}`

const linkTo = (learner: Learner, index: number): Html =>
  html`<a href="#${learnerAnchor(index)}">${foreign(nameOf(learner))}</a>`

function warnings({ results }: Class): Html | undefined {
  const unsafe = results.filter(({ sandbox }) => sandbox.unsafe).length
  if (unsafe === 0) return undefined
  return html`<p class="warning">
    <strong>${both(words.unsafe)}</strong> ${both({
      en: `${unsafe} of ${results.length} submissions ran without a sandbox (--unsafe). Whoever wrote them could have forged their results.`,
      ja: `${results.length} 件の提出物のうち ${unsafe} 件は、サンドボックスなしで実行されました（--unsafe）。提出者が結果を偽造できた可能性があります。`,
    })}
  </p>`
}

function numbers(results: Class): Html {
  const faults = results.results.filter((one) => !isJudged(one)).length
  const late = results.results.filter((one) => one.late).length
  const rows: [Text, number][] = [
    [words.learners, results.learners.length],
    [{ en: 'Submissions judged', ja: '採点した提出物' }, results.results.length - faults],
    [{ en: 'Handed in late', ja: '期限後の提出' }, late],
    [{ en: 'Submitted nothing', ja: '未提出の人' }, absent(results).length],
    [{ en: 'Not judged: our fault', ja: '採点プログラムの失敗' }, faults],
    [{ en: 'Refused', ja: '受け取らなかったもの' }, results.refused.length],
  ]
  return html`<dl class="numbers">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${both(name)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}

function lessonsTable(figures: LessonFigures[]): Html {
  return table(
    [words.lesson, words.judged, words.median, words.allPoints, words.share],
    figures.map(
      ({ lesson, judged, median, full }) =>
        html`<tr>
          <th scope="row">${both(lessonTitle(lesson))}</th>
          <td class="number">${judged}</td>
          <td class="number">${median} / ${lesson.maximum}</td>
          <td class="number">${full}</td>
          <td>${bar(median, 0, lesson.maximum)}</td>
        </tr>`,
    ),
  )
}

function failedTable(figures: CheckFigures[]): Html {
  if (figures.length === 0) return html`<p>${both(words.nothing)}</p>`
  return table(
    [words.check, words.lesson, words.failedCount, words.notRun, words.share],
    figures.map(
      (one) =>
        html`<tr>
          <th scope="row">${both(one.check.title)}</th>
          <td>${both(lessonTitle(one.lesson))}</td>
          <td class="number">${one.failed}</td>
          <td class="number">${one.notRun}</td>
          <td>${shares(one)}</td>
        </tr>`,
    ),
  )
}

function stuckTable(results: Class, links: Map<string, Html>): Html {
  const rows = stuck(results)
  if (rows.length === 0) return html`<p>${both(words.nobody)}</p>`
  return table(
    [words.learner, words.lesson, words.points, words.firstFailed, words.status],
    rows.map(
      ({ learner, lesson, result, at }) =>
        html`<tr>
          <th scope="row">${links.get(learner.id)}</th>
          <td>${both(lessonTitle(lesson))}</td>
          <td class="number">${result.report.points} / ${result.maximum}</td>
          <td>${at && both(at.title)}</td>
          <td>${both(statusText[result.status])}</td>
        </tr>`,
    ),
  )
}

function learnersTable(
  lessons: ClassLesson[],
  learners: LearnersWork[],
  links: Map<string, Html>,
): Html {
  const rows = learners.map(({ learner, lessons: own }) => {
    const judged = own.flatMap(({ result }) => (result && isJudged(result) ? result : []))
    return html`<tr>
      <th scope="row">
        ${links.get(learner.id)} <span class="quiet">${foreign(learner.id)}</span>
      </th>
      ${own.map(cell)}
      <td class="number">${judged.length > 0 && sum(judged.map(({ points }) => points))}</td>
    </tr>`
  })
  return table([words.learner, ...lessons.map(lessonTitle), words.sum], rows)
}

/** What a learner has of a lesson. A dash where there is nothing, never a 0 that nobody earned. */
function cell({ result, lesson }: LearnersWork['lessons'][number]): Html {
  if (!result)
    return html`<td class="number quiet">
      <span aria-hidden="true">–</span><span class="quiet"> ${both(words.none)}</span>
    </td>`
  if (!isJudged(result))
    return html`<td class="number"><strong>! ${both(words.notJudged)}</strong></td>`
  const full = result.points === lesson.maximum && html` <span class="full">✓</span>`
  return html`<td class="number">
    ${result.points} /
    ${result.maximum}${full}${result.late && html`<br /><span class="quiet">${both(words.late)}</span>`}
  </td>`
}

function checksOf({ lesson, checks }: LessonFigures): Html {
  const rows = checks.map(
    (one) =>
      html`<tr>
        <th scope="row">
          ${both(one.check.title)}${one.check.heldOut && html` <span class="quiet">(${both(words.heldOut)})</span>`}
        </th>
        <td><code>${one.check.id}</code></td>
        <td class="number">${one.check.points}</td>
        <td class="number">${one.passed}</td>
        <td class="number">${one.failed}</td>
        <td class="number">${one.notRun}</td>
        <td>${shares(one)}</td>
      </tr>`,
  )
  const head = [
    words.check,
    words.id,
    words.points,
    words.passed,
    words.failedCount,
    words.notRun,
    words.share,
  ]
  return html`<h3>${both(lessonTitle(lesson))}</h3>
    ${table(head, rows)}`
}

function errorsList({ results, refused }: Class, links: Map<string, Html>): Html | undefined {
  const faults = results.filter((one) => !isJudged(one))
  if (faults.length + refused.length === 0) return undefined
  return html`<ul>
    ${faults.map(
      ({ learner, report, id }) =>
        html`<li>
          ${links.get(learner.id)}: ${both(statusText.grader_error)} (<code
            >pnpm grade replay ${id}</code
          >)
          <details>
            <summary>${both(words.details)}</summary>
            <code>${report.fault}</code>
          </details>
        </li>`,
    )}
    ${refused.map(({ source, why }) => html`<li>${foreign(source)}: ${both(why)}</li>`)}
  </ul>`
}

/** A table that is scrolled by itself where the screen is narrow, by keyboard too. */
function table(head: Text[], rows: Html[]): Html {
  return html`<div class="table" tabindex="0" role="group">
    <table>
      <thead>
        <tr>
          ${head.map((text) => html`<th scope="col" class="${numeric.has(text) && 'number'}">${both(text)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

const shares = ({ passed, failed, notRun }: CheckFigures) =>
  bar(passed, failed, passed + failed + notRun)

/** Two parts of a whole as a bar: the numbers stand beside it, for who cannot see it. */
function bar(passed: number, failed: number, all: number): Html {
  const percent = (part: number) => (all === 0 ? 0 : Math.round((1000 * part) / all) / 10)
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    <rect class="all" width="100" height="10" />
    <rect class="passed" width="${percent(passed)}" height="10" />
    <rect class="failed" x="${percent(passed)}" width="${percent(failed)}" height="10" />
  </svg>`
}

const words = {
  title: { en: 'The class', ja: 'クラスの成績' },
  unsafe: { en: 'Not safe.', ja: '安全ではありません。' },
  lessons: { en: 'Points by lesson', ja: '課ごとの点数' },
  mostFailed: { en: 'Where most failed', ja: '失敗が多かったチェック' },
  stuck: { en: 'Who is stuck', ja: '行き詰まっている人' },
  learners: { en: 'Learners', ja: '学習者' },
  checks: { en: 'Points by check', ja: 'チェックごとの結果' },
  errors: { en: 'What could not be judged', ja: '採点できなかったもの' },
  lesson: { en: 'Lesson', ja: '課' },
  learner: { en: 'Learner', ja: '学習者' },
  check: { en: 'Check', ja: 'チェック' },
  id: { en: 'Id', ja: 'ID' },
  points: { en: 'Points', ja: '点数' },
  judged: { en: 'Judged', ja: '採点数' },
  median: { en: 'Median', ja: '中央値' },
  allPoints: { en: 'Every point', ja: '満点の人数' },
  passed: { en: 'Passed', ja: '合格' },
  failedCount: { en: 'Failed', ja: '失敗' },
  notRun: { en: 'Not run', ja: '未実行' },
  share: { en: 'Share', ja: '割合' },
  sum: { en: 'Sum', ja: '合計' },
  status: { en: 'What happened', ja: '状態' },
  firstFailed: { en: 'First check that failed', ja: '最初に失敗したチェック' },
  late: { en: 'late', ja: '期限後' },
  none: { en: 'nothing', ja: '未提出' },
  notJudged: { en: 'not judged', ja: '未採点' },
  heldOut: { en: 'held out', ja: '非公開' },
  nobody: {
    en: 'Nobody has less than half of the points of a lesson that they handed in.',
    ja: '提出した課の点数が半分に満たない人はいません。',
  },
  nothing: { en: 'No check has failed.', ja: '失敗したチェックはありません。' },
  details: { en: 'what the grader said', ja: '採点プログラムの出力' },
} satisfies Record<string, Text>

/** Headings of columns of numbers. */
const numeric = new Set<Text>([
  words.judged,
  words.median,
  words.allPoints,
  words.points,
  words.passed,
  words.failedCount,
  words.notRun,
  words.sum,
])
