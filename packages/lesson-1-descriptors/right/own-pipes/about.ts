import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Everything is a pipe of its own making, around the stages too, and the last stage is started first.',
  ja: '段の前後も含めてすべて自分で作ったパイプで、最後の段から順に起動します。',
} satisfies Text
