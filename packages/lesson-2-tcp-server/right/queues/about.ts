import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Callbacks, and a queue of its own for what has not been written yet.',
  ja: 'コールバックと、まだ書いていないデータのための自前のキューで書きます。',
} satisfies Text
