import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { release, type } from 'node:os'
import { isInstalled } from '@socket-dojo/sandbox'
import type { Result } from './result.ts'

/** What judged, by its versions. */
export function versions(): Result['versions'] {
  return (known ??= {
    node: process.versions.node,
    vitest: (JSON.parse(readFileSync(vitest, 'utf8')) as { version: string }).version,
    system: `${type()} ${release()}`,
    ...(isInstalled('bwrap') && { bubblewrap: ask('bwrap', '--version') }),
  })
}
let known: Result['versions'] | undefined

const vitest = findPackageJSON('vitest', import.meta.url)!

const ask = (...[command, option]: [string, string]) =>
  spawnSync(command, [option], { encoding: 'utf8' }).stdout.trim().replace(/^\D*/, '')
