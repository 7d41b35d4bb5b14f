import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A WeakMap from the socket to its session, and a counter; one async function serves each connection.',
  ja: 'ソケットからセッションへの WeakMap とカウンターを持ち、接続ごとに 1 つの async 関数が応対します。',
} satisfies Text
