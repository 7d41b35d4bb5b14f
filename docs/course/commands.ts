import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { speak } from '@socket-dojo/dojo/language'
import { root } from '@socket-dojo/dojo/lessons'
import type { Language } from '@socket-dojo/testkit/text'
import type { Command } from 'commander'

/** A command of `pnpm dojo`, as it describes itself. */
export interface CommandFacts {
  /** `grade-worker` */
  id: string
  /** `grade worker` */
  path: string
  en: CommandText
  ja: CommandText
}

export interface CommandText {
  description: string
  /** How it is called: `[options] [lesson]`. */
  usage: string
  /** Arguments and options, each with what it means; `[default]` where it has one. */
  words: { word: string; description: string; default?: string }[]
}

/** All commands, each followed by its subcommands: the files of the folder are the list. */
export async function commands(): Promise<CommandFacts[]> {
  const folder = join(root, 'packages/dojo/commands')
  const names = readdirSync(folder).filter((name) => !name.includes('.test.'))
  const all: CommandFacts[] = []
  for (const name of names) {
    const { command } = (await import(/* @vite-ignore */ join(folder, name))) as Module
    const [en, ja] = [inLanguage('en', command), inLanguage('ja', command)]
    for (const [index, { path }] of en.entries())
      all.push({ id: path.replace(' ', '-'), path, en: en[index]!.text, ja: ja[index]!.text })
  }
  return all
}

interface Module {
  command: () => Command
}

function inLanguage(language: Language, make: () => Command) {
  speak(language)
  const command = make()
  const below = command.commands.map((sub) => ({
    path: `${command.name()} ${sub.name()}`,
    text: textOf(sub),
  }))
  return [{ path: command.name(), text: textOf(command) }, ...below]
}

function textOf(command: Command): CommandText {
  const named = command.registeredArguments.map((argument) => ({
    word: argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    description: argument.description,
  }))
  const flagged = command.options.map(({ flags, description, defaultValue }) => ({
    word: flags,
    description,
    ...(defaultValue !== undefined && defaultValue !== '' && { default: String(defaultValue) }),
  }))
  return {
    description: command.description(),
    usage: command.usage(),
    words: [...named, ...flagged],
  }
}
