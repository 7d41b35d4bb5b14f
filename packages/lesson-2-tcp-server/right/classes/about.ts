import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Classes with private state: the server and an exchange are instances.',
  ja: '非公開の状態を持つクラスで書き、サーバーも 1 回のやり取りもインスタンスです。',
} satisfies Text
