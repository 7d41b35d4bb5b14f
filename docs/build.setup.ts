import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Builds the site that the tests look at. */
export default async function build(): Promise<void> {
  const astro = join(import.meta.dirname, 'node_modules/.bin/astro')
  const child = spawn(astro, ['build'], {
    cwd: import.meta.dirname,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', VITEST: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complained, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  if (status !== 0) throw new Error(`Expected the site to build, found:\n${said}${complained}`)
}
