import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Everything is a pipe of its own making, around the stages too, and the last stage is started first.',
  ja: 'ステージの前後も含めてすべて自分で作ったパイプで、最後のステージから順に起動します。',
} satisfies Text
