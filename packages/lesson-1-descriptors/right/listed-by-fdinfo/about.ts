import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'Lists the descriptors from /proc/self/fdinfo, and finds out kinds from the file type bits of the mode.',
  ja: '/proc/self/fdinfo からディスクリプタを列挙し、種類はモードのファイル種別ビットから求めます。',
} satisfies Text
