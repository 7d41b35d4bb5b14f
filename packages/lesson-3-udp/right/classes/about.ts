import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Classes with private state; all requests of an address family share one socket, which goes with the last of them.',
  ja: '非公開の状態を持つクラスです。同じアドレスファミリーのリクエストは 1 つのソケットを共有し、最後のリクエストとともに閉じます。',
} satisfies Text
