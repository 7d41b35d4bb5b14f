import type { Text } from '@socket-dojo/testkit/text'

/** What is different here, for `solution`. */
export default {
  en: 'One async function a connection, which reads it piece by piece with for await.',
  ja: '接続ごとに 1 つの async 関数が、for await で少しずつ読みます。',
} satisfies Text
