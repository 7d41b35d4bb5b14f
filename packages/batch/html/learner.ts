import type { Judged } from '@socket-dojo/dojo/report/report'
import type { Text } from '@socket-dojo/testkit/text'
import { actions, type Step } from '@socket-dojo/testkit/transcript'
import { isJudged, type LearnersLesson, type LearnersWork } from '../of-learner.ts'
import type { Result } from '../result.ts'
import { lessonTitle, nameOf, remarks } from '../story.ts'
import { learnerAnchor } from './class.ts'
import { type Html, html } from './html.ts'
import { both, foreign } from './text.ts'

/** The page of one learner: every check of every lesson, with the story of those that failed. */
export function learnerPage({ learner, lessons }: LearnersWork, index: number): Html {
  const facts = [learner.id, learner.email, learner.github && `@${learner.github}`]
  return html`<article
    class="learner"
    id="${learnerAnchor(index)}"
    aria-labelledby="${learnerAnchor(index)}-name"
  >
    <nav><a href="#class">← ${both(words.back)}</a></nav>
    <h1 id="${learnerAnchor(index)}-name">${foreign(nameOf(learner))}</h1>
    <p class="quiet">${facts.map((fact) => fact && html`${foreign(fact)} `)}</p>
    ${lessons.map(lessonSection)}
  </article> `
}

function lessonSection({ lesson, result }: LearnersLesson): Html {
  if (!result)
    return html`<h2>${both(lessonTitle(lesson))}</h2>
      <p class="quiet">${both(words.nothing)}</p>`
  const points = isJudged(result) ? `${result.points} / ${result.maximum}` : '–'
  return html`<h2>${both(lessonTitle(lesson))} · ${points}</h2>
    ${remarks(result).map((text) => html`<p>${both(text)}</p>`)}
    ${
      isJudged(result) &&
      html`<ul class="checks">
        ${result.report.checks.map((check) => checkItem(check, result))}
      </ul>`
    }
    <p class="quiet">
      ${foreign(result.submission.source)} · ${result.submission.time} ·
      <code>pnpm grade replay ${result.id}</code>
    </p>`
}

function checkItem(check: Judged, { report }: Result): Html {
  const { outcome, title, points, because, reason } = check
  const base = report.checks.find(({ id }) => id === because)?.title
  return html`<li class="${outcome.replace(' ', '-')}">
    <span class="points">${pointsOf(outcome, points)}</span
    ><span class="mark" aria-hidden="true">${marks[outcome]}</span>
    <span>${both(title)}</span
    >${outcome !== 'passed' && html` <span class="quiet">${both(words[outcome])}</span>`}${base && html` <span class="quiet">${both(words.restsOn)} “${both(base)}”</span>`}
    ${reason && html`<span class="quiet">${both(reason)}</span>`}${check.failure && story(check)}
  </li>`
}

const pointsOf = (outcome: Judged['outcome'], points: number) =>
  outcome === 'skipped' ? '–' : `${outcome === 'passed' ? points : 0}/${points}`

const marks = { passed: '✓', failed: '✗', 'not run': '–', skipped: '–' }

/** What the grader did and saw, and what the learner was told of it. */
function story({ steps, failure }: Judged): Html {
  const { what, why, next, try: commands } = failure!
  return html`<details class="story">
    <summary>${both(what)}</summary>
    ${
      steps.length > 0 &&
      html`<ol>
        ${steps.map(step)}
      </ol>`
    }
    <dl>
      <dt>${both(words.what)}</dt>
      <dd>${both(what)}</dd>
      <dt>${both(words.why)}</dt>
      <dd>${both(why)}</dd>
      <dt>${both(words.next)}</dt>
      <dd>${both(next)}</dd>
      ${
        commands.length > 0 &&
        html`<dt>${both(words.try)}</dt>
          <dd><code>${commands.join('\n')}</code></dd>`
      }
    </dl>
  </details>`
}

function step({ action, who, detail }: Step): Html {
  return html`<li>
    <span class="action">${who && `${who} `}${both(actions[action])}</span
    >${detail && html`<code>${both(detail)}</code>`}
  </li>`
}

const words = {
  back: { en: 'the class', ja: 'クラス全体' },
  nothing: { en: 'Nothing was submitted.', ja: '提出されていません。' },
  failed: { en: 'failed', ja: '失敗' },
  'not run': { en: 'not run', ja: '未実行' },
  skipped: { en: 'skipped', ja: 'スキップ' },
  restsOn: { en: 'rests on', ja: '前提:' },
  what: { en: 'what', ja: '結果' },
  why: { en: 'why', ja: '理由' },
  next: { en: 'next', ja: '次に' },
  try: { en: 'try', ja: '試す' },
} satisfies Record<string, Text>
