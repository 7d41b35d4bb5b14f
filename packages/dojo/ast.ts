import { parseAst } from 'rolldown/parseAst'

/** As much of ESTree as is looked at. */
export interface Node {
  type: string
  start: number
  end: number
  value?: unknown
  operator?: string
  left?: Node
  right?: Node
  test?: Node
  argument?: Node
  callee?: { name?: string; property?: { name?: string } }
  arguments?: Node[]
  properties?: Property[]
}

interface Property {
  key?: { name?: string; value?: string }
  value?: { value?: unknown }
}

/**
 * All nodes of a TypeScript module, parents before children.
 * @throws {Error} where it does not parse.
 */
export const nodesOf = (code: string, id?: string): Node[] =>
  nodes(parseAst(code, { lang: 'ts' }, id))

function nodes(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value).flatMap(nodes)
  return 'type' in value ? [value as Node, ...below] : below
}
