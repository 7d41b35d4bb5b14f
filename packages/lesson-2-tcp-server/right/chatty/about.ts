import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Prints a lot besides what it has to: output of one's own is no mistake.",
  ja: '決められた行のほかにもたくさん出力します。自分用の出力は誤りではありません。',
} satisfies Text
