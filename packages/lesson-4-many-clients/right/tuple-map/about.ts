import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'A Map whose key is all four numbers, as in the kernel; its entry names the socket, since an address can come back.',
  ja: 'カーネルと同じく 4 つの値の組をキーにした Map です。同じアドレスはまた現れるので、エントリーにソケットも入れます。',
} satisfies Text
