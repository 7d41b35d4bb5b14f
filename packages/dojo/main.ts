import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { languageFrom, say, speak } from './language.ts'
import { unsupported } from './platform.ts'
import { UsageError } from './usage.ts'

/**
 * Runs one command of the course: `dojo <command> …`. Each is a file of its own in `commands/`.
 * Exit status: 0 all passed, 1 not yet, 2 wrong use, 3 the grader's own fault.
 */
async function main(argv: string[]): Promise<void> {
  speak(languageFrom(argv, process.env))
  const problem = unsupported(process.platform)
  if (problem) throw new UsageError(problem)
  const program = new Command('pnpm dojo')
    .enablePositionalOptions()
    .helpCommand(false)
    .exitOverride()
    .option(langFlag, say(langHelp))
  program.description(
    say({
      en: 'Socket Dojo: learn socket programming by real traffic',
      ja: 'Socket Dojo: 実際の通信で学ぶソケットプログラミング',
    }),
  )
  const name = argv[0] ?? ''
  for (const command of commands.includes(name) ? [name] : commands) {
    const loaded = await load(command)
    for (const one of [loaded, ...loaded.commands])
      one.option(langFlag, say(langHelp)).exitOverride()
    program.addCommand(loaded)
  }
  if (name !== '' && !name.startsWith('-') && !commands.includes(name)) {
    throw UsageError.unknown('command', name, commands)
  }
  await program.parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' })
}

const langFlag = '--lang <language>'
const langHelp = {
  en: 'en or ja (default: from the environment)',
  ja: 'en か ja（既定値は環境から）',
}

const folder = join(import.meta.dirname, 'commands')
const commands = readdirSync(folder)
  .filter((file) => !file.includes('.test.'))
  .map((file) => file.replace(/\.ts$/, ''))

async function load(name: string): Promise<Command> {
  const module = (await import(join(folder, `${name}.ts`))) as { command: () => Command }
  return module.command()
}

process.stdout.on('error', () => process.exit()) // Whoever read has gone: `| head`.

// An ordinary end, so that what was made is removed.
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

try {
  await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof UsageError) {
    console.error(say(error.text))
    process.exitCode = 2
  } else {
    console.error(error)
    process.exitCode = 3
  }
}
// A reader that is slower than we are still gets everything: writing to it is asynchronous where it is a socket.
await new Promise((written) => process.stdout.write('', written))
process.exit() // Not waiting for what is being killed.
