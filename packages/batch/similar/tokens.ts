import { stripTypeScriptTypes } from 'node:module'
import jsTokens from 'js-tokens'

/**
 * A source as tokens that a copyist does not change by renaming, reformatting, commenting or leaving out types: every
 * name is `name`, every literal its kind; keywords and punctuation stay. Separators that a formatter adds are left out.
 */
export function tokens(source: string): string[] {
  const kinds = [...jsTokens(withoutTypes(source))].flatMap(({ type, value }) =>
    normal(type, value),
  )
  return kinds.filter((token, index) => token !== ',' || !closing.has(kinds[index + 1] ?? ''))
}

/** As it is, where it does not parse: the tokens are then those of its types too. */
function withoutTypes(source: string): string {
  try {
    return stripTypeScriptTypes(source)
  } catch {
    return source
  }
}

function normal(type: string, value: string): string[] {
  switch (type) {
    case 'WhiteSpace':
    case 'LineTerminatorSequence':
    case 'MultiLineComment':
    case 'SingleLineComment':
    case 'HashbangComment':
      return []
    case 'IdentifierName':
      return [keywords.has(value) ? value : 'name']
    case 'PrivateIdentifier':
      return ['name']
    case 'Punctuator':
      return value === ';' ? [] : [value]
    default:
      return [type.startsWith('Template') ? type : 'literal'] // Strings, numbers, regular expressions.
  }
}

const closing = new Set([')', ']', '}'])

/** What is no name. `const` and `let` are one: a copyist changes them freely, as `===` he does not. */
const keywords = new Set(
  `async await break case catch class const continue default delete do else export extends finally for function if
  import in instanceof new of return static super switch this throw try typeof void while yield`.split(
    /\s+/,
  ),
)
