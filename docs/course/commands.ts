import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { speak } from '@socket-dojo/dojo/language'
import { root } from '@socket-dojo/dojo/lessons'
import type { Language } from '@socket-dojo/testkit/text'
import type { Command } from 'commander'

/** A command of `pnpm dojo`, as it describes itself. */
export interface CommandFacts {
  /** `test` */
  id: string
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

/** All commands: the files of the folder are the list. */
export async function commands(): Promise<CommandFacts[]> {
  const folder = join(root, 'packages/dojo/commands')
  const names = readdirSync(folder).filter((name) => !name.includes('.test.'))
  return Promise.all(
    names.map(async (name) => {
      const { command } = (await import(/* @vite-ignore */ join(folder, name))) as {
        command: () => Command
      }
      return {
        id: name.replace(/\.ts$/, ''),
        en: inLanguage('en', command),
        ja: inLanguage('ja', command),
      }
    }),
  )
}

function inLanguage(language: Language, make: () => Command): CommandText {
  speak(language)
  const command = make()
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
