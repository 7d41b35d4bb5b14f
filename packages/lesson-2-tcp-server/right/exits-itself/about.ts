import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Ends by process.exit(), once everything is out, instead of by having nothing left to do.',
  ja: 'することがなくなるのを待たず、すべて送り終えたところで process.exit() により終了します。',
} satisfies Text
