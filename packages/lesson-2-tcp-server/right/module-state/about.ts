import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'State in maps of the module, keyed by server and by socket, so that several servers do not mix.',
  ja: '状態はモジュールの Map に置きます。キーがサーバーとソケットなので、複数のサーバーが混ざりません。',
} satisfies Text
