import type { Plugin } from 'rolldown'
import { nodesOf } from '../ast.ts'

/** Leaves the held-out checks out of a bundle: the whole call of `check()`, so that its body is not there either. */
export function heldOutLeftOut() {
  const gone: string[] = []
  const bases = new Map<string, string>()
  const plugin: Plugin = {
    name: 'held-out',
    transform(code, id) {
      let kept = code
      for (const { start, end, check, heldOut, restsOn } of declarations(code, id)) {
        if (restsOn !== undefined && !heldOut) bases.set(check, restsOn)
        if (!heldOut) continue
        gone.push(check)
        kept = `${kept.slice(0, start)}void 0${' '.repeat(end - start - 6)}${kept.slice(end)}`
      }
      return kept === code ? null : { code: kept, map: null }
    },
  }
  /** What the plugin could not see must not go out unseen. */
  const verify = (bundle: string): void => {
    if (/\bheldOut\b/.test(bundle))
      throw new Error(
        'Expected heldOut: true to be written in the call of check(), found it elsewhere',
      )
    for (const [check, base] of bases)
      if (gone.includes(base))
        throw new Error(`Expected ${check} to rest on a check that learners have, found ${base}`)
  }
  return { plugin, verify }
}

/** A call `check('id', { … }, …)`, and where it stands in the source. */
interface Declaration {
  start: number
  end: number
  check: string
  heldOut: boolean
  restsOn?: string
}

function declarations(code: string, id: string): Declaration[] {
  const calls = nodesOf(code, id).filter(
    ({ type, callee }) => type === 'CallExpression' && callee?.name === 'check',
  )
  return calls.map(({ start, end, arguments: [name, about] = [] }) => {
    const property = (wanted: string) =>
      about?.properties?.find(({ key }) => key?.name === wanted || key?.value === wanted)?.value
        ?.value
    const restsOn = property('restsOn')
    return {
      start,
      end,
      check: String(name?.value),
      heldOut: property('heldOut') === true,
      ...(typeof restsOn === 'string' && { restsOn }),
    }
  })
}
