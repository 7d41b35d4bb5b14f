import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Addresses are objects with methods, such as a SocketAddress; each message is sent from a socket of its own.',
  ja: 'アドレスは SocketAddress のようなメソッドを持つオブジェクトです。メッセージは 1 つずつ別のソケットから送ります。',
} satisfies Text
