import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Paused mode: 'readable' and read(), a piece at a time, and the next one when that is written.",
  ja: "paused モードの 'readable' と read() で 届いた分ずつ読み、書き終えてから次を読みます。",
} satisfies Text
