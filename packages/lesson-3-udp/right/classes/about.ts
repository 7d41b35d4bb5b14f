import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Classes with private state; the counter keeps only the gaps between the numbers that came.',
  ja: '非公開の状態を持つクラスです。カウンターは、届いた番号の間の欠けた範囲だけを覚えます。',
} satisfies Text
