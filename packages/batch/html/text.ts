import type { Text } from '@socket-dojo/testkit/text'
import { type Html, html } from './html.ts'

/** A text in both languages, of which the style sheet shows one; what reads the same in both stands there once. */
export function both({ en, ja }: Text): Html {
  if (en === ja) return html`<span>${en}</span>`
  return html`<span lang="en">${en}</span><span lang="ja">${ja}</span>`
}

/** What a stranger wrote, with a direction of its own: it cannot reorder what stands around it. */
export const foreign = (text: string): Html => html`<bdi>${text}</bdi>`
