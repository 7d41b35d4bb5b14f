import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { say } from '../language.ts'
import { UsageError } from '../usage.ts'

/** `publish <folder>`: writes the learner's edition of the course. */
export function command(): Command {
  return new Command('publish')
    .description(
      say({
        en: "write the learner's edition: without solutions, samples and the source of the suites",
        ja: '学習者版を書き出す（解答例・見本・テストのソースは含まない）',
      }),
    )
    .argument('<folder>', say({ en: 'a new or empty folder', ja: '新しい、または空のフォルダー' }))
    .action(publish)
}

async function publish(wanted: string): Promise<void> {
  const folder = resolve(wanted)
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UsageError({
      en: `Expected a new or empty folder, found files in ${folder}: name another, or empty it first`,
      ja: `新しい、または空のフォルダーが必要ですが、${folder} にはファイルがあります。別の名前にするか、先に空にしてください`,
    })
  }
  const { writeEdition } = await import('../publish/publish.ts') // Its bundler is not for --help.
  await writeEdition(folder)
  await cutLockFile(folder)
  console.log(
    say({
      en: `The learner's edition is in ${folder}. Try it there: npx -y pnpm@12 test`,
      ja: `学習者版を ${folder} に書き出しました。そこで試せます: npx -y pnpm@12 test`,
    }),
  )
}

/** Leaves in the lock file what the edition needs: no version is chosen anew. */
async function cutLockFile(folder: string): Promise<void> {
  const { pnpm } = await import('../publish/pnpm.ts')
  const [file, ...words] = [...pnpm(), 'install', '--lockfile-only', '--prefer-offline']
  const install = spawn(file, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complaint, [status]] = await Promise.all([
    text(install.stdout),
    text(install.stderr),
    once(install, 'exit'),
  ])
  if (status !== 0)
    throw new Error(
      `Expected pnpm to write a lock file, found status ${status}\n${said}${complaint}`,
    )
}
