import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Events only: 'data', 'end', 'drain' and 'close', and no pipe() or await.",
  ja: "'data'、'end'、'drain'、'close' のイベントだけで書き、pipe() も await も使いません。",
} satisfies Text
