import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Keeps no books: Node's server itself is asked for its address and its number of connections.",
  ja: '自分では記録せず、アドレスと接続数を Node のサーバー自身に尋ねます。',
} satisfies Text
