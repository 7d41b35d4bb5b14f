import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: "Keeps no list of sockets: Node's server is asked for its address, a counter counts, and one signal ends all connections.",
  ja: 'ソケットの一覧を持ちません。アドレスは Node のサーバーに尋ね、接続は数だけを数え、1 つのシグナルですべて閉じます。',
} satisfies Text
