import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Streams between the two directions: out of the socket, through a PassThrough, and back.',
  ja: '2 つの方向の間にストリームを置き、ソケットから PassThrough を通してソケットへ戻します。',
} satisfies Text
