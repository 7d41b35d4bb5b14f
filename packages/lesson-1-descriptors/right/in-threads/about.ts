import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Each pipeline has a thread of its own, which starts its stages and sends the result.',
  ja: 'パイプラインごとにスレッドを作ります。ステージを起動し、結果を送るのはそのスレッドです。',
} satisfies Text
