import { stripTypeScriptTypes } from 'node:module'
import { type Node, nodesOf } from './ast.ts'

/** A program with one small change, as a beginner could have made it: most are wrong. */
export interface Mutant {
  /** Where it is changed, from 1. */
  line: number
  /** That line, before and after. */
  was: string
  now: string
  source: string
}

/**
 * The mutants of a program: each with a statement left out, a condition decided in advance, an operator, a number or an
 * option changed, an event not listened to, or a promise not waited for. Lines that are in `given` stay: they are no
 * part of the answer.
 */
export function mutants(source: string, given = ''): Mutant[] {
  const lines = source.split('\n')
  const known = new Set(given.split('\n').map((line) => line.trim()))
  // Types do nothing, so changes of them are none; without them all else stands where it stood.
  const all = nodesOf(stripTypeScriptTypes(source)).flatMap(changes)
  return all.flatMap(({ start, end, text }) => {
    const line = source.slice(0, start).split('\n').length
    const was = lines[line - 1]!.trim()
    const changed = source.slice(0, start) + text + source.slice(end)
    if (known.has(was) || !parses(changed)) return []
    return { line, was, now: changed.split('\n')[line - 1]!.trim(), source: changed }
  })
}

/** A piece of the source, and what stands there instead. */
interface Change {
  start: number
  end: number
  text: string
}

function changes(node: Node): Change[] {
  const instead = ({ start, end }: Node, ...texts: string[]) =>
    texts.map((text) => ({ start, end, text }))
  switch (node.type) {
    case 'ExpressionStatement':
      return instead(node, ';')
    case 'IfStatement':
      return instead(node.test!, 'true', 'false')
    case 'AwaitExpression':
      return [{ start: node.start, end: node.argument!.start, text: '' }]
    case 'Literal':
      if (typeof node.value === 'boolean') return instead(node, String(!node.value))
      return typeof node.value === 'number' ? instead(node, String(node.value + 1)) : []
    case 'BinaryExpression':
    case 'LogicalExpression': {
      const text = operators[node.operator!]
      if (text === undefined) return []
      return [{ start: node.left!.end, end: node.right!.start, text: ` ${text} ` }]
    }
    case 'CallExpression': {
      const event = node.arguments?.find(({ value }) => typeof value === 'string')
      const listens = /^(on|once)$/.test(node.callee?.property?.name ?? node.callee?.name ?? '')
      return listens && event ? instead(event, "'never'") : []
    }
    default:
      return []
  }
}

const operators: Record<string, string> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '&&': '||',
  '||': '&&',
  '??': '&&',
}

function parses(source: string): boolean {
  try {
    nodesOf(source)
    return true
  } catch {
    return false
  }
}
