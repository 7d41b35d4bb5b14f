import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Web streams: Duplex.toWeb() and a reader, as in a browser.',
  ja: 'Duplex.toWeb() とリーダーによる、ブラウザーと同じ Web ストリームです。',
} satisfies Text
