import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Named groups of one regular expression take a row apart; bytes are turned in Buffers, and Node itself writes IPv6 addresses in the shortest notation.',
  ja: '1 つの正規表現の名前付きグループで行を分け、バイト順は Buffer で変え、IPv6 の短縮表記は Node 自身に任せます。',
} satisfies Text
