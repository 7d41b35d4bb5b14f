import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A Map whose key is all four numbers, as in the kernel; its entry names the socket, since an address can come back.',
  ja: 'カーネルと同じく 4 つ組をキーにした Map です。同じアドレスはまた現れるので、項目にソケットも入れます。',
} satisfies Text
