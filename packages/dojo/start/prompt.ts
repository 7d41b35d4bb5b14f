/** A prompt of Node with the functions of a learner's module at hand, loaded anew on each save: `node prompt.ts <path> <language>`. */
import { watch } from 'node:fs'
import { basename, dirname } from 'node:path'
import { start } from 'node:repl'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Language, Text } from '@socket-dojo/testkit/text'

const [path = '', language = 'en'] = process.argv.slice(2)
const file = basename(path)
const say = (text: Text) => console.error(text[language as Language])

const module = await load(0)
const call = `await ${Object.keys(module)[0] ?? 'f'}(…)`
say({
  en: `${file} starts nothing by itself: others call it. Call it here, as in ${call}; Ctrl-D ends.`,
  ja: `${file} は呼び出されるモジュールで、単独では何もしません。ここで ${call} のように呼び出せます。Ctrl-D で終わります。`,
})
const prompt = start({ prompt: '> ' })
Object.assign(prompt.context, module)
prompt.on('exit', () => process.exit())

let saves = 0
watch(dirname(path), async (_, changed) => {
  if (changed !== file) return
  const save = ++saves
  await sleep(100) // An editor writes in several steps: the last one counts.
  if (save !== saves) return
  Object.assign(prompt.context, await load(save))
  say({ en: `${file} is loaded again`, ja: `${file} を読み込み直しました` })
  prompt.displayPrompt()
})

/** The module as it is now: another query is another module. A mistake in it is shown, and the next save may mend it. */
async function load(save: number): Promise<object> {
  try {
    return (await import(`${pathToFileURL(path).href}?save=${save}`)) as object
  } catch (error) {
    console.error(error)
    return {}
  }
}
