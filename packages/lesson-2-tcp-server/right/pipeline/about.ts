import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'pipeline() of node:stream/promises carries the bytes, and says how it ended.',
  ja: 'node:stream/promises の pipeline() がバイトを運び、どう終わったかも知らせます。',
} satisfies Text
