import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'connect() first: then the kernel itself keeps strangers out, and tells where nobody receives.',
  ja: '先に connect() します。すると他人のデータグラムはカーネルが捨て、受信者がいないこともカーネルが知らせます。',
} satisfies Text
