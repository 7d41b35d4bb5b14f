import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '@socket-dojo/testkit/text'
import { byLearner } from '../of-learner.ts'
import type { Class } from '../result.ts'
import { classPage } from './class.ts'
import { html, Html } from './html.ts'
import { learnerPage } from './learner.ts'
import { both } from './text.ts'

/**
 * A class as one page: the class at a glance, and a page for each learner, shown when its address is asked for.
 * It has no script and loads nothing, and its policy forbids both: whatever learners wrote can be no more than text.
 * The switch of the language is a pair of radio buttons that the style sheet looks at.
 */
export function page(results: Class, language: Language): string {
  const title = { en: 'Socket Dojo: the class', ja: 'Socket Dojo: クラスの成績' }
  const learners = byLearner(results)
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="referrer" content="no-referrer" />
        <title>${title[language]}</title>
        ${styleElement}
      </head>
      <body>
        <header>
          <p><strong>Socket Dojo</strong> <span class="quiet">${when(results)}</span></p>
          <fieldset>
            <legend>Language / 言語</legend>
            ${choice('en', 'English', language)} ${choice('ja', '日本語', language)}
          </fieldset>
        </header>
        <main>
          ${classPage(results, learners)} ${learners.map((work, index) => learnerPage(work, index))}
        </main>
        <footer class="quiet"><p>${both(printing)}</p></footer>
      </body>
    </html> `.markup
}

const style = readFileSync(join(import.meta.dirname, 'style.css'), 'utf8')
const hash = new Html(createHash('sha256').update(style).digest('base64'))
// Not in a template that may be indented: the hash is that of every letter between the tags.
const styleElement = new Html(`<style>${style}</style>`)

function choice(id: Language, name: string, chosen: Language): Html {
  const checked = id === chosen && new Html('checked')
  return html`<label lang="${id}"
    ><input type="radio" name="language" id="${id}" ${checked} /> ${name}</label
  >`
}

/** When the last of the judging ended, as far as the results tell. */
function when({ results }: Class): string {
  const last = results
    .map(({ ended }) => ended)
    .toSorted()
    .at(-1)
  return last === undefined ? '' : `${last.slice(0, 16).replace('T', ' ')} UTC`
}

const printing = {
  en: 'What is printed is what is shown: the class, or the page of one learner, its stories opened.',
  ja: '印刷されるのは表示中のページです（クラス全体、または 1 人のページ）。経過はすべて開いた状態で印刷されます。',
}
