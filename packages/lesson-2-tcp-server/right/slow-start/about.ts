import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Needs more than a second before it listens or connects: whoever waits for the line `listening on` does not mind.',
  ja: '待ち受けや接続まで 1 秒以上かかります。`listening on` の行を待つ相手には問題ありません。',
} satisfies Text
