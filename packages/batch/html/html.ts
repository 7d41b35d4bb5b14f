import { visible } from '@socket-dojo/dojo/report/visible'

/** Markup. Only `html` makes it. */
export class Html {
  readonly markup: string

  constructor(markup: string) {
    this.markup = markup
  }
}

type Value = Html | string | number | false | undefined | Value[]

/**
 * A template of markup: what is put into it is text, and shown as text, unless it is markup itself. Lists are joined;
 * `false` and `undefined` are nothing. Attributes that take a value are written with quotes.
 */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((made, part, index) => made + toMarkup(values[index - 1]) + part))
}

function toMarkup(value: Value): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Html) return value.markup
  if (Array.isArray(value)) return value.map(toMarkup).join('')
  return visible(String(value)).replaceAll(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`)
}
